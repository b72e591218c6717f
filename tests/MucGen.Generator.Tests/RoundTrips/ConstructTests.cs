using Xunit;

namespace MucGen.Generator.Tests.RoundTrips;

/// <summary>The constructs of published schemas, one a case: what is emitted for each is compiled and run.</summary>
public sealed class ConstructTests
{
    /// <summary>Reads an element <c>a</c> and says what <paramref name="show"/>, an expression over its view <c>a</c>, makes of it.</summary>
    private static CompiledProgram Reading(string declarations, string show) => new(
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Text;
        using MucGen.Xml;
        using Probe;

        public static class Program
        {
            public static string Read(string xml)
            {
                using var stanza = Stanza.Parse(xml, ProtocolNames.Instance);
                if (!ProbeAView.TryRead(stanza.Root, out var a, out var error))
                    return error.ToString();
                var said = new List<string>();
                {{show}}
                return string.Join(' ', said);
            }
        }
        """,
        declarations);

    [Fact]
    public void Extension_and_restriction_of_complex_types()
    {
        using var program = Reading(
            """
              <xs:complexType name="base"><xs:sequence><xs:element name="b" type="xs:string"/></xs:sequence><xs:attribute name="x" type="xs:string"/><xs:attribute name="y" type="xs:string"/></xs:complexType>
              <xs:complexType name="more"><xs:complexContent><xs:extension base="base"><xs:sequence><xs:element name="c" type="xs:int"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
              <xs:element name="a"><xs:complexType><xs:complexContent><xs:restriction base="more"><xs:sequence><xs:element name="b" type="xs:string"/><xs:element name="c" type="xs:int"/></xs:sequence><xs:attribute name="x" type="xs:string" use="required"/><xs:attribute name="y" use="prohibited"/></xs:restriction></xs:complexContent></xs:complexType></xs:element>
            """,
            "said.Add($\"{a.X.ToString()} {a.B.ToString()} {a.C}\");");

        Assert.Equal("1 two 3", program.Call("Read", "<a xmlns='urn:example:probe' x='1'><b>two</b><c>3</c></a>"));
        Assert.Equal("'x' of <a/> is required.", program.Call("Read", "<a xmlns='urn:example:probe'><b>two</b><c>3</c></a>"));
        Assert.Equal("'c' of <a/> is required.", program.Call("Read", "<a xmlns='urn:example:probe' x='1'><b>two</b></a>"));
    }

    [Fact]
    public void Lists_unions_and_patterns()
    {
        using var program = Reading(
            """
              <xs:simpleType name="size"><xs:union memberTypes="xs:unsignedByte word"/></xs:simpleType>
              <xs:simpleType name="word"><xs:restriction base="xs:string"><xs:enumeration value="small"/><xs:enumeration value="large"/></xs:restriction></xs:simpleType>
              <xs:simpleType name="code"><xs:restriction base="xs:string"><xs:pattern value="[A-Z]{2}\d+"/><xs:pattern value="none"/></xs:restriction></xs:simpleType>
              <xs:element name="a"><xs:complexType><xs:attribute name="sizes"><xs:simpleType><xs:list itemType="size"/></xs:simpleType></xs:attribute><xs:attribute name="code" type="code"/></xs:complexType></xs:element>
            """,
            "foreach (var size in a.Sizes) said.Add(size.ToString()); said.Add(a.Code.ToString());");

        Assert.Equal("1 large 255 AB12", program.Call("Read", "<a xmlns='urn:example:probe' sizes='1 large  255' code='AB12'/>"));
        Assert.Equal("none", program.Call("Read", "<a xmlns='urn:example:probe' code='none'/>"));
        Assert.Equal("'sizes' of <a/> has a value that is not allowed.", program.Call("Read", "<a xmlns='urn:example:probe' sizes='1 256'/>"));
        Assert.Equal("'code' of <a/> has a value that is not allowed.", program.Call("Read", "<a xmlns='urn:example:probe' code='A12'/>"));
        Assert.Equal("'code' of <a/> has a value that is not allowed.", program.Call("Read", "<a xmlns='urn:example:probe' code='xAB12'/>"));
    }

    [Fact]
    public void A_value_that_is_empty_is_not_an_absent_one()
    {
        using var program = Reading(
            """
              <xs:simpleType name="mode"><xs:restriction base="xs:string"><xs:enumeration value=""/><xs:enumeration value="full"/></xs:restriction></xs:simpleType>
              <xs:element name="a"><xs:complexType><xs:attribute name="x" type="mode" use="required"/><xs:attribute name="y" type="mode"/></xs:complexType></xs:element>
            """,
            "said.Add($\"{(int)a.X} {(a.Y is { } y ? (int)y : -1)}\");");

        Assert.Equal("0 -1", program.Call("Read", "<a xmlns='urn:example:probe' x=''/>"));
        Assert.Equal("1 0", program.Call("Read", "<a xmlns='urn:example:probe' x='full' y=''/>"));
        Assert.Equal("'x' of <a/> is required.", program.Call("Read", "<a xmlns='urn:example:probe' y='full'/>"));
        Assert.Equal("'x' of <a/> has a value that is not allowed.", program.Call("Read", "<a xmlns='urn:example:probe' x='none'/>"));
    }

    [Fact]
    public void Numbers_with_a_fraction_and_large_ones()
    {
        using var program = Reading(
            """
              <xs:element name="a"><xs:complexType>
                <xs:attribute name="price"><xs:simpleType><xs:restriction base="xs:decimal"><xs:minExclusive value="0"/></xs:restriction></xs:simpleType></xs:attribute>
                <xs:attribute name="far" type="xs:double"/><xs:attribute name="count" type="xs:unsignedLong"/>
              </xs:complexType></xs:element>
            """,
            "said.Add(FormattableString.Invariant($\"{a.Price} {a.Far} {a.Count}\"));");

        Assert.Equal("0.10 1500 18446744073709551615", program.Call("Read", "<a xmlns='urn:example:probe' price='0.10' far='1.5e3' count='18446744073709551615'/>"));
        Assert.Equal("'price' of <a/> has a value that is not allowed.", program.Call("Read", "<a xmlns='urn:example:probe' price='0'/>"));
        Assert.Equal("'price' of <a/> has a value that is not allowed.", program.Call("Read", "<a xmlns='urn:example:probe' price='1e3'/>"));
        Assert.Equal("'count' of <a/> has a value that is not allowed.", program.Call("Read", "<a xmlns='urn:example:probe' count='-1'/>"));
    }

    [Fact]
    public void Mixed_content_keeps_its_order()
    {
        using var program = Reading(
            """
              <xs:element name="a"><xs:complexType mixed="true"><xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element name="b" type="xs:string"/></xs:choice></xs:complexType></xs:element>
            """,
            "foreach (var node in a.Element.Nodes) said.Add(node.Element.IsPresent ? \"<\" + node.Element.Text.ToString() + \">\" : node.Text.ToString());");

        Assert.Equal("one <two> three <four>", program.Call("Read", "<a xmlns='urn:example:probe'>one<b>two</b>three<b>four</b></a>"));
    }

    [Fact]
    public void Nothing_is_asked_of_what_is_nil()
    {
        using var program = Reading(
            """
              <xs:element name="a" nillable="true"><xs:complexType><xs:sequence><xs:element name="b" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
            """,
            "said.Add($\"{a.IsNil} {a.B.IsPresent}\");");

        Assert.Equal("True False", program.Call("Read", "<a xmlns='urn:example:probe' xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'/>"));
        Assert.Equal("'b' of <a/> is required.", program.Call("Read", "<a xmlns='urn:example:probe'/>"));
    }

    [Fact]
    public void A_choice_between_sequences()
    {
        using var program = Reading(
            """
              <xs:element name="a"><xs:complexType><xs:choice>
                <xs:sequence><xs:element name="b" type="xs:string"/><xs:element name="c" type="xs:string"/></xs:sequence>
                <xs:element name="d" type="xs:string"/>
              </xs:choice></xs:complexType></xs:element>
            """,
            "said.Add($\"{a.B.ToString()}{a.C.ToString()}{a.D.ToString()}\");");

        Assert.Equal("12", program.Call("Read", "<a xmlns='urn:example:probe'><b>1</b><c>2</c></a>"));
        Assert.Equal("21", program.Call("Read", "<a xmlns='urn:example:probe'><c>1</c><b>2</b></a>"));
        Assert.Equal("3", program.Call("Read", "<a xmlns='urn:example:probe'><d>3</d></a>"));
        Assert.Equal("<a/> is not expected here.", program.Call("Read", "<a xmlns='urn:example:probe'><b>1</b></a>"));
        Assert.Equal("<a/> is not expected here.", program.Call("Read", "<a xmlns='urn:example:probe'><b>1</b><c>2</c><d>3</d></a>"));
        Assert.Equal("'b|c|d' of <a/> is required.", program.Call("Read", "<a xmlns='urn:example:probe'/>"));
    }

    [Fact]
    public void Repeated_sequences_keep_the_order_of_their_children()
    {
        using var program = Reading(
            """
              <xs:element name="a"><xs:complexType><xs:sequence maxOccurs="unbounded"><xs:element name="key" type="xs:string"/><xs:element name="value" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
            """,
            "foreach (var child in a.Element.Children) said.Add((child.Key == ProbeAView.KeyKey ? \"k:\" : \"v:\") + child.Text.ToString());");

        Assert.Equal("k:1 v:2 k:3 v:4", program.Call("Read", "<a xmlns='urn:example:probe'><key>1</key><value>2</value><key>3</key><value>4</value></a>"));
        Assert.Equal("'key' of <a/> is required.", program.Call("Read", "<a xmlns='urn:example:probe'><value>2</value></a>"));
    }

    [Fact]
    public void Substitutes_stand_where_their_head_may()
    {
        using var program = Reading(
            """
              <xs:element name="head" abstract="true"/>
              <xs:element name="b" type="xs:string" substitutionGroup="head"/>
              <xs:element name="c" type="xs:string" substitutionGroup="head"/>
              <xs:element name="a"><xs:complexType><xs:sequence><xs:element ref="head"/></xs:sequence></xs:complexType></xs:element>
            """,
            "said.Add($\"{a.B.ToString()}|{a.C.ToString()}\");");

        Assert.Equal("|1", program.Call("Read", "<a xmlns='urn:example:probe'><c>1</c></a>"));
        Assert.Equal("'b|c' of <a/> is required.", program.Call("Read", "<a xmlns='urn:example:probe'/>"));
    }

    [Fact]
    public void Elements_may_contain_themselves()
    {
        using var program = Reading(
            """
              <xs:element name="a"><xs:complexType><xs:sequence><xs:element ref="a" minOccurs="0"/></xs:sequence><xs:attribute name="n" type="xs:int" use="required"/></xs:complexType></xs:element>
            """,
            "said.Add($\"{a.N} {a.A.N} {a.A.A.IsPresent}\");");

        Assert.Equal("1 2 False", program.Call("Read", "<a xmlns='urn:example:probe' n='1'><a n='2'/></a>"));
        Assert.Equal("'n' of <a/> is required.", program.Call("Read", "<a xmlns='urn:example:probe' n='1'><a/></a>"));
    }

    [Fact]
    public void Attributes_and_elements_of_others()
    {
        using var program = Reading(
            """
              <xs:element name="a"><xs:complexType><xs:sequence><xs:any namespace="##other" minOccurs="0" maxOccurs="unbounded"/></xs:sequence><xs:attribute name="n" type="xs:int"/><xs:anyAttribute namespace="##any"/></xs:complexType></xs:element>
            """,
            "foreach (var attribute in a.OtherAttributes) said.Add(Encoding.UTF8.GetString(attribute.Name)); foreach (var other in a.Others) said.Add(Encoding.UTF8.GetString(other.Bytes));");

        Assert.Equal("m o:x <b xmlns='urn:o' c='1'>2</b>", program.Call("Read", "<a xmlns='urn:example:probe' xmlns:o='urn:o' n='1' m='2' o:x='3'><b xmlns='urn:o' c='1'>2</b></a>"));
    }

    [Fact]
    public void An_attribute_in_a_namespace_has_any_prefix()
    {
        using var program = Reading(
            """
              <xs:attribute name="weight" type="xs:int"/>
              <xs:element name="a"><xs:complexType><xs:attribute ref="weight" use="required"/></xs:complexType></xs:element>
            """,
            "said.Add($\"{a.Weight}\");");

        Assert.Equal("7", program.Call("Read", "<a xmlns='urn:example:probe' xmlns:p='urn:example:probe' p:weight='7'/>"));
        Assert.Equal("'weight' of <a/> is required.", program.Call("Read", "<a xmlns='urn:example:probe' weight='7'/>"));
    }
}
