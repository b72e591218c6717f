using System.Reflection;
using MucGen.Generator.Reading.Repairs;
using Xunit;

namespace MucGen.Generator.Tests.Schemas;

/// <summary>Mistakes that published schemas make: each is read in the one sensible way, and said at its line. Beside each rule stands what it is read as.</summary>
public sealed class RepairTests
{
    private const string Head = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:mg="urn:mucgen:schema" targetNamespace="urn:example:probe" xmlns="urn:example:probe" elementFormDefault="qualified" mg:xep="9999" mg:prefix="Probe">""";

    private const string Element = """<xs:element name="b"><xs:complexType><xs:attribute name="c" type="xs:string"/></xs:complexType></xs:element>""";

    public static TheoryData<string, string, string> Cases => new()
    {
        { "R02", """<xs:element name="a"><xs:annotations><xs:documentation>A.</xs:documentation></xs:annotations></xs:element>""", """<xs:element name="a"/>""" },
        { "R03", Type("""<xs:sequence><xs:element name="b" type="xs:string" minOccur="0"/></xs:sequence>"""), Type("""<xs:sequence><xs:element name="b" type="xs:string" minOccurs="0"/></xs:sequence>""") },
        { "R04", Type("""<xs:sequence><xs:element name="b" type="xs:string" use="optional"/></xs:sequence>"""), Type("""<xs:sequence><xs:element name="b" type="xs:string" minOccurs="0"/></xs:sequence>""") },
        { "R05", Type("""<xs:attribute name="b" type="xs:string" required="true"/>"""), Type("""<xs:attribute name="b" type="xs:string" use="required"/>""") },
        { "R06", Type("""<xs:sequence><xs:element name="b" namespace="urn:example:elsewhere"/></xs:sequence>"""), Type("""<xs:sequence><xs:element xmlns:e="urn:example:elsewhere" ref="e:b"/></xs:sequence>""") },
        {
            "R07",
            """<xs:complexType name="t" abstract="true"><xs:attribute name="b" type="xs:string"/></xs:complexType><xs:element name="a" type="t"/>""",
            """<xs:complexType name="t"><xs:attribute name="b" type="xs:string"/></xs:complexType><xs:element name="a" type="t"/>"""
        },
        { "R08", Type("""<xs:attribute name="b" type="xs:bolean"/>"""), Type("""<xs:attribute name="b" type="xs:boolean"/>""") },
        { "R09", Type("""<xs:attribute name="b" type="boolean"/>"""), Type("""<xs:attribute name="b" type="xs:boolean"/>""") },
        {
            "R10",
            Type("""<xs:sequence><xs:element name="b" type="empty"/></xs:sequence>"""),
            Type("""<xs:sequence><xs:element name="b" type="empty"/></xs:sequence>""") + """<xs:simpleType name="empty"><xs:restriction base="xs:string"><xs:enumeration value=""/></xs:restriction></xs:simpleType>"""
        },
        { "R11", """<xs:element name="a"><xs:complexType><xs:element name="b" type="xs:string"/></xs:complexType></xs:element>""", Type("""<xs:sequence><xs:element name="b" type="xs:string"/></xs:sequence>""") },
        {
            "R12",
            Type("""<xs:attribute name="c" type="xs:string"/><xs:sequence><xs:element name="b" type="xs:string"/></xs:sequence>"""),
            Type("""<xs:sequence><xs:element name="b" type="xs:string"/></xs:sequence><xs:attribute name="c" type="xs:string"/>""")
        },
        { "R13", """<xs:element name="a"><xs:attribute name="b" type="xs:string"/></xs:element>""", Type("""<xs:attribute name="b" type="xs:string"/>""") },
        {
            "R14",
            """<xs:element name="a" type="xs:string"><xs:complexType><xs:attribute name="b" type="xs:string"/></xs:complexType></xs:element>""",
            Type("""<xs:simpleContent><xs:extension base="xs:string"><xs:attribute name="b" type="xs:string"/></xs:extension></xs:simpleContent>""")
        },
        {
            "R15",
            Type("""<xs:simpleContent><xs:attribute name="b" type="xs:string"/></xs:simpleContent>"""),
            Type("""<xs:simpleContent><xs:extension base="xs:string"><xs:attribute name="b" type="xs:string"/></xs:extension></xs:simpleContent>""")
        },
        {
            "R16",
            Type("""<xs:attribute name="b"><xs:restriction base="xs:int"><xs:maxInclusive value="3"/></xs:restriction></xs:attribute>"""),
            Type("""<xs:attribute name="b"><xs:simpleType><xs:restriction base="xs:int"><xs:maxInclusive value="3"/></xs:restriction></xs:simpleType></xs:attribute>""")
        },
        {
            "R17",
            Type("""<xs:extension base="xs:string"><xs:attribute name="b" type="xs:string"/></xs:extension>"""),
            Type("""<xs:simpleContent><xs:extension base="xs:string"><xs:attribute name="b" type="xs:string"/></xs:extension></xs:simpleContent>""")
        },
        { "R18", Type("""<xs:attribute name="xml:lang" type="xs:string"/>"""), Type("""<xs:attribute ref="xml:lang"/>""") },
        {
            "R19",
            Type("""<xs:attribute name="b"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="^[a-z]+$"/></xs:restriction></xs:simpleType></xs:attribute>"""),
            Type("""<xs:attribute name="b"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="[a-z]+"/></xs:restriction></xs:simpleType></xs:attribute>""")
        },
        {
            "R20",
            Type("""<xs:attribute name="b" type="xs:int"><xs:simpleType><xs:restriction base="xs:int"><xs:maxInclusive value="3"/></xs:restriction></xs:simpleType></xs:attribute>"""),
            Type("""<xs:attribute name="b"><xs:simpleType><xs:restriction base="xs:int"><xs:maxInclusive value="3"/></xs:restriction></xs:simpleType></xs:attribute>""")
        },
        {
            "R21",
            Type("""<xs:sequence><xs:element ref="c" minOccurs="0"/><xs:element name="b"><xs:complexType><xs:sequence><xs:element name="c" type="xs:int"/></xs:sequence></xs:complexType></xs:element></xs:sequence>"""),
            Type("""<xs:sequence><xs:element name="c" type="xs:int" minOccurs="0"/><xs:element name="b"><xs:complexType><xs:sequence><xs:element name="c" type="xs:int"/></xs:sequence></xs:complexType></xs:element></xs:sequence>""")
        },
        { "R22", Type("""<xs:attribute name="b" type="xs:int" default=""/>"""), Type("""<xs:attribute name="b" type="xs:int"/>""") },
        { "R23", Type("""<xs:sequence><xs:element name="b" type="bType"/></xs:sequence>""") + Element, Type("""<xs:sequence><xs:element ref="b"/></xs:sequence>""") + Element },
        {
            "R24",
            Type("""<xs:attribute name="b" type="xs:string" use="required"/><xs:simpleType><xs:restriction base="xs:int"><xs:maxInclusive value="3"/></xs:restriction></xs:simpleType>"""),
            Type("""<xs:attribute name="b" use="required"><xs:simpleType><xs:restriction base="xs:int"><xs:maxInclusive value="3"/></xs:restriction></xs:simpleType></xs:attribute>""")
        },
    };

    /// <summary>What looks like one of the mistakes, but may be meant in more than one way.</summary>
    public static TheoryData<string, string> NearMisses => new()
    {
        { "MG1006", Type("""<xs:sequence><xs:element name="b" type="bType"/></xs:sequence>""") },
        { "MG1006", Type("""<xs:sequence><xs:element name="b" type="cType"/></xs:sequence>""") + Element },
        { "MG1006", Type("""<xs:sequence><xs:element name="b" type="bTyp"/></xs:sequence>""") + Element + """<xs:complexType name="bType"/>""" },
        { "MG1006", """<xs:element name="b" type="bType"/>""" },
        { "MG1006", """<xs:include schemaLocation="more.xsd"/>""" + Type("""<xs:sequence><xs:element name="b" type="bType"/></xs:sequence>""") + Element },
        { "MG1003", Type("""<xs:attribute name="b" type="xs:int"/><xs:simpleType><xs:restriction base="xs:int"><xs:maxInclusive value="3"/></xs:restriction></xs:simpleType>""") },
        { "MG1003", Type("""<xs:simpleType><xs:restriction base="xs:int"><xs:maxInclusive value="3"/></xs:restriction></xs:simpleType><xs:attribute name="b"/>""") },
    };

    /// <summary>The mistake is one message, at its line, and what is emitted is what the right schema emits.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Is_read_as_it_was_meant(string rule, string mistaken, string right)
    {
        var expected = SchemaDriver.Run(Sample.Schema(right));
        var run = SchemaDriver.Run(Sample.Schema("\n" + mistaken));

        Assert.Empty(expected.Diagnostics.Where(diagnostic => diagnostic.Id != "MG1015"));
        var report = Assert.Single(run.Diagnostics, diagnostic => diagnostic.Id != "MG1015");
        Assert.Equal("MG1021", report.Id);
        Assert.StartsWith(rule + " in ", report.GetMessage(), StringComparison.Ordinal);
        Assert.Equal(6, report.Location.GetLineSpan().StartLinePosition.Line + 1);
        Assert.Equal(expected.Files, run.Files);
        Assert.Empty(run.Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity != Microsoft.CodeAnalysis.DiagnosticSeverity.Hidden));
    }

    [Theory]
    [MemberData(nameof(NearMisses))]
    public void Is_no_mistake_with_one_reading(string error, string declarations)
    {
        var run = SchemaDriver.Run(Sample.Schema(declarations));

        Assert.Equal(error, Assert.Single(run.Diagnostics, diagnostic => diagnostic.Id != "MG1015").Id);
    }

    [Fact]
    public void R23_an_element_of_another_namespace_is_read_as_a_reference_into_it()
    {
        var other = Sample.Other("""<xs:element name="b" type="xs:string"/>""");
        var right = Sample.Schema(Type("""<xs:sequence><xs:element xmlns:o="urn:example:other" ref="o:b"/></xs:sequence>"""));
        var mistaken = right with { Text = right.Text!.Replace("ref=\"o:b\"", "name=\"b\" type=\"o:b\"", StringComparison.Ordinal) };

        var run = SchemaDriver.Run(mistaken, other);

        Assert.StartsWith("R23 in ", Assert.Single(run.Diagnostics).GetMessage(), StringComparison.Ordinal);
        Assert.Equal(SchemaDriver.Run(right, other).Files, run.Files);
    }

    [Fact]
    public void R01_a_schema_that_is_silent_about_namespaces_is_read_as_XMPP_has_them()
    {
        var right = new Definition("/schemas/a.xsd", Head + Type("""<xs:attribute name="b" type="xs:string"/>""") + "</xs:schema>");
        var silent = new Definition("/schemas/a.xsd", right.Text!.Replace(" elementFormDefault=\"qualified\"", "", StringComparison.Ordinal));

        var run = SchemaDriver.Run(silent);

        Assert.StartsWith("R01 in ", Assert.Single(run.Diagnostics).GetMessage(), StringComparison.Ordinal);
        Assert.Equal(SchemaDriver.Run(right).Files, run.Files);
    }

    [Fact]
    public void Every_rule_is_on_its_page_and_has_a_case_here()
    {
        var page = File.ReadAllText(Path.Combine(SchemaDiagnosticsTests.GeneratorFolder(), "repairs.md"));
        var rules = typeof(RepairRule).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (RepairRule)field.GetValue(null)!).ToList();

        Assert.Equal(rules.Select(rule => rule.Id), rules.Select(rule => rule.Id).Distinct());
        Assert.All(rules, rule => Assert.Contains($"| {rule.Id} | {rule.Reading} |", page, StringComparison.Ordinal));
        Assert.Equal(rules.Select(rule => rule.Id).Where(id => id != "R01").Order(), Cases.Select(row => (string)row[0]).Order());
    }

    private static string Type(string content) => $"""<xs:element name="a"><xs:complexType>{content}</xs:complexType></xs:element>""";
}
