using Xunit;

namespace MucGen.Generator.Tests.RoundTrips;

/// <summary>Emits a schema of its own, compiles it, runs it in a context that can be unloaded: text proves readability, only running proves correctness.</summary>
public sealed class CompiledSchemaTests
{
    private const string Declarations =
        """
          <xs:element name="order">
            <xs:complexType>
              <xs:sequence>
                <xs:choice><xs:element name="one" type="xs:int"/><xs:element name="two"/></xs:choice>
                <xs:element name="line" type="xs:string" minOccurs="2" maxOccurs="3"/>
                <xs:element ref="part" minOccurs="0" maxOccurs="unbounded"/>
              </xs:sequence>
              <xs:attributeGroup ref="common"/>
            </xs:complexType>
          </xs:element>
          <xs:element name="part">
            <xs:complexType>
              <xs:sequence><xs:element ref="part" minOccurs="0"/></xs:sequence>
              <xs:attribute name="kind" type="kind" default="small"/>
            </xs:complexType>
          </xs:element>
          <xs:attributeGroup name="common">
            <xs:attribute name="when" type="xs:dateTime" use="required"/>
            <xs:attribute name="large" type="xs:long"/>
            <xs:attribute name="note" type="xs:string" mg:max="4"/>
            <xs:attribute name="version" type="xs:string" fixed="1"/>
          </xs:attributeGroup>
          <xs:simpleType name="kind" mg:name="ProbeKind"><xs:restriction base="xs:NCName"><xs:enumeration value="small"/><xs:enumeration value="large"/></xs:restriction></xs:simpleType>
        """;

    private const string Probe =
        """
        using System;
        using System.Text;
        using MucGen.Xml;
        using Probe;

        public static class Program
        {
            public static string Write()
            {
                using var buffer = new PooledBufferWriter();
                var writer = new XmppWriter(buffer);
                var order = ProbeOrderWriter.Start(ref writer, DateTimeOffset.UnixEpoch, large: 5000000000, note: "a&b");
                order.One(7);
                order.Line("first");
                order.Line("");
                var part = order.StartPart(ProbeKind.Large);
                part.StartPart().End();
                part.End();
                order.End();
                writer.Flush();
                return Encoding.UTF8.GetString(buffer.WrittenSpan);
            }

            public static string Read(string xml)
            {
                using var stanza = Stanza.Parse(xml, ProtocolNames.Instance);
                if (!ProbeOrderView.TryRead(stanza.Root, out var order, out var error))
                    return error.ToString() + " " + error.Condition;
                var text = $"{order.When:u} {order.Large} {order.Note.ToString()} {order.One} {order.Two} {string.Join('|', order.Lines.ToArray())}";
                foreach (var part in order.Parts)
                    text += $" {part.Kind}({(part.Part.IsPresent ? part.Part.Kind.ToString() : "")})";
                return text;
            }
        }
        """;

    [Fact]
    public void Write_then_read_is_the_same_and_bad_input_says_why()
    {
        using var program = new CompiledProgram(Probe, Declarations);
        string Write() => program.Call("Write");
        string Read(string xml) => program.Call("Read", xml);

        Assert.Equal(
            "<order xmlns='urn:example:probe' when='1970-01-01T00:00:00Z' large='5000000000' note='a&amp;b' version='1'><one>7</one><line>first</line><line/>"
            + "<part kind='large'><part/></part></order>",
            Write());
        Assert.Equal("1970-01-01 00:00:00Z 5000000000 a&b 7 False first| Large(Small)", Read(Write()));
        const string head = "<order xmlns='urn:example:probe' when='1970-01-01T00:00:00Z'";
        Assert.Equal("'one|two' of <order/> is required. BadRequest", Read(head + "><line/><line/></order>"));
        Assert.Equal("<order/> is not expected here. BadRequest", Read(head + "><one>1</one><two/><line/><line/></order>"));
        Assert.Equal("'line' of <order/> is required. BadRequest", Read(head + "><two/><line/></order>"));
        Assert.Equal("'line' of <order/> is given too often. BadRequest", Read(head + "><two/><line/><line/><line/><line/></order>"));
        Assert.Equal("'one' of <order/> has a value that is not allowed. BadRequest", Read(head + "><one>x</one><line/><line/></order>"));
        Assert.Equal("'note' of <order/> has a value that is not allowed. BadRequest", Read(head + " note='12345'><two/><line/><line/></order>"));
        Assert.Equal("'version' of <order/> has a value that is not allowed. BadRequest", Read(head + " version='2'><two/><line/><line/></order>"));
        Assert.Equal("'when' of <order/> is required. BadRequest", Read("<order xmlns='urn:example:probe'/>"));
    }
}
