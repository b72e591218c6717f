using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using MucGen.Generator.Tests.Snapshots;
using Xunit;

namespace MucGen.Generator.Tests.Schemas;

/// <summary>
/// What is wrong with a definition is said at its line, with the element and the fix. Each case is the whole of what is reported: nothing
/// slips by, and one mistake makes one message.
/// </summary>
public sealed class SchemaDiagnosticsTests
{
    private const string Empty = """<xs:element name="a"/>""";

    public static TheoryData<string, string> Declarations => new()
    {
        { "MG1003_complex_content", """<xs:element name="a"><xs:complexType><xs:complexContent/></xs:complexType></xs:element>""" },
        { "MG1003_unknown", """<xs:element name="a"><xs:complexType><xs:assert test="1"/></xs:complexType></xs:element>""" },
        { "MG1003_element_twice", """<xs:element name="a"><xs:complexType><xs:sequence><xs:element name="b" type="xs:int"/><xs:element name="b" type="xs:boolean"/></xs:sequence></xs:complexType></xs:element>""" },
        { "MG1003_two_types", """<xs:element name="a" type="xs:string"><xs:simpleType><xs:restriction base="xs:int"/></xs:simpleType></xs:element>""" },
        { "MG1003_union_of_nothing", """<xs:simpleType name="t"><xs:union/></xs:simpleType>""" },
        { "MG1003_enumerated_choice", """<xs:element name="a"><xs:complexType><xs:choice mg:enum="A" maxOccurs="2"><xs:element name="b"/><xs:element name="c"/></xs:choice></xs:complexType></xs:element>""" },
        { "MG1004_mixed", """<xs:element name="a"><xs:complexType mixed="perhaps"/></xs:element>""" },
        { "MG1004_use", """<xs:element name="a"><xs:complexType><xs:attribute name="b" use="perhaps"/></xs:complexType></xs:element>""" },
        { "MG1005_unknown", """<xs:element name="a" mg:colour="red"/>""" },
        { "MG1005_misplaced", """<xs:element name="a"><xs:complexType mg:max="3"/></xs:element>""" },
        { "MG1005_bad_value", """<xs:element name="a" type="xs:string" mg:type="jid-semi"/>""" },
        { "MG1005_bad_condition", """<xs:element name="a" type="xs:string" mg:error="no-good"/>""" },
        { "MG1005_open_text", """<xs:element name="a" type="xs:string" mg:open="true"/>""" },
        { "MG1005_mend_without_reason", """<xs:element name="a" mg:mend=""/>""" },
        { "MG1006_unknown_type", """<xs:element name="a" type="nothing"/>""" },
        { "MG1006_no_built_in", """<xs:element name="a"><xs:complexType><xs:attribute name="b" type="xs:colour"/></xs:complexType></xs:element>""" },
        { "MG1007_element", """<xs:element name="a"><xs:complexType><xs:sequence><xs:element ref="b"/></xs:sequence></xs:complexType></xs:element>""" },
        { "MG1007_group", """<xs:element name="a"><xs:complexType><xs:group ref="b"/></xs:complexType></xs:element>""" },
        { "MG1007_attribute_group", """<xs:element name="a"><xs:complexType><xs:attributeGroup ref="b"/></xs:complexType></xs:element>""" },
        { "MG1007_prefix", """<xs:element name="a" type="q:b"/>""" },
        { "MG1008_element_twice", Empty + Empty },
        { "MG1009_one_name_for_two", """<xs:element name="a" mg:name="Same"/><xs:element name="b" mg:name="Same"/>""" },
        { "MG1009_enumerations", """<xs:element name="a"><xs:complexType><xs:attribute name="b"><xs:simpleType mg:name="Same"><xs:restriction base="xs:string"><xs:enumeration value="x"/></xs:restriction></xs:simpleType></xs:attribute><xs:attribute name="c"><xs:simpleType mg:name="Same"><xs:restriction base="xs:string"><xs:enumeration value="y"/></xs:restriction></xs:simpleType></xs:attribute></xs:complexType></xs:element>""" },
        { "MG1010_reserved", """<xs:element name="a"><xs:complexType><xs:attribute name="b" mg:name="Key" type="xs:string"/></xs:complexType></xs:element>""" },
        { "MG1010_attribute_and_child", """<xs:element name="a"><xs:complexType><xs:sequence><xs:element name="b" mg:name="Same"/></xs:sequence><xs:attribute name="b" mg:name="Same" type="xs:string"/></xs:complexType></xs:element>""" },
        { "MG1012_type_ref", """<xs:element name="a"><xs:complexType><xs:attribute name="b" type="xs:string" mg:type-ref="Nothing"/></xs:complexType></xs:element>""" },
        { "MG1013_pattern", """<xs:element name="a"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="(a"/></xs:restriction></xs:simpleType></xs:element>""" },
        { "MG1013_length_of_number", """<xs:element name="a"><xs:simpleType><xs:restriction base="xs:int"><xs:length value="3"/></xs:restriction></xs:simpleType></xs:element>""" },
        { "MG1013_range_of_text", """<xs:element name="a"><xs:simpleType><xs:restriction base="xs:string"><xs:minInclusive value="3"/></xs:restriction></xs:simpleType></xs:element>""" },
        { "MG1013_empty_range", """<xs:element name="a"><xs:simpleType><xs:restriction base="xs:int"><xs:minInclusive value="3"/><xs:maxInclusive value="2"/></xs:restriction></xs:simpleType></xs:element>""" },
        { "MG1014_occurrence", """<xs:element name="a"><xs:complexType><xs:sequence><xs:element name="b" minOccurs="2"/></xs:sequence></xs:complexType></xs:element>""" },
        { "MG1015_import", """<xs:import namespace="urn:example:nowhere"/>""" },
        { "MG1016_group", """<xs:group name="g"><xs:sequence><xs:group ref="g"/></xs:sequence></xs:group><xs:element name="a"><xs:complexType><xs:group ref="g"/></xs:complexType></xs:element>""" },
        { "MG1016_type", """<xs:simpleType name="t"><xs:restriction base="t"/></xs:simpleType><xs:element name="a" type="t"/>""" },
        { "MG1017_enumeration", """<xs:element name="a"><xs:complexType><xs:attribute name="b" default="z"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="x"/></xs:restriction></xs:simpleType></xs:attribute></xs:complexType></xs:element>""" },
        { "MG1017_number", """<xs:element name="a"><xs:complexType><xs:attribute name="b" type="xs:byte" default="200"/></xs:complexType></xs:element>""" },
        { "MG1018_name", """<xs:element name="a" mg:name="not a name"/>""" },
        { "MG1019_value", """<xs:element name="a"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="x"/><xs:enumeration value="x"/></xs:restriction></xs:simpleType></xs:element>""" },
    };

    public static TheoryData<string, string> Fields => new()
    {
        { "MG1102_attribute", """<field var="a" type="text-single" label="A" mg:name="A" colour="red"/>""" },
        { "MG1102_overlay", """<field var="a" type="text-single" label="A" mg:name="A" mg:colour="red"/>""" },
        { "MG1102_element", """<fields/>""" },
        { "MG1102_type", """<field var="a" type="text-triple" label="A" mg:name="A"/>""" },
        { "MG1102_without_var", """<field type="text-single" label="A" mg:name="A"/>""" },
        { "MG1102_number_of_addresses", """<field var="a" type="jid-single" label="A" mg:name="A" mg:type="int"/>""" },
        { "MG1102_option_without_value", """<field var="a" type="list-single" label="A" mg:name="A"><option label="B"/></field>""" },
        { "MG1102_enumeration_without_options", """<field var="a" type="list-single" label="A" mg:name="A" mg:enum="As"/>""" },
        { "MG1102_none_is_no_option", """<field var="a" type="list-single" label="A" mg:name="A" mg:type="int" mg:none="x"><option><value>1</value></option></field>""" },
        { "MG1103_var", """<field var="a" type="text-single" label="A" mg:name="A"/><field var="a" type="text-single" label="A" mg:name="B"/>""" },
        { "MG1103_alias", """<field var="a" type="text-single" label="A" mg:name="A"/><field var="b" type="text-single" label="B" mg:name="B" mg:alias="a"/>""" },
        { "MG1103_name", """<field var="a" type="text-single" label="A" mg:name="A"/><field var="b" type="text-single" label="A" mg:name="A"/>""" },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public Task Field(string name, string fields) => Verify(name, Sample.Form("  " + fields));

    [Fact]
    public Task Not_a_form() => Verify("MG1101_root", new Definition("/schemas/a.form.xml", "<form mg:name='A' xmlns:mg='urn:mucgen:schema'><name>urn:a</name></form>"));

    [Fact]
    public Task Form_without_a_name() => Verify("MG1101_name", Sample.Form("", attributes: ""));

    [Fact]
    public Task Form_with_too_many_fields() => Verify("MG1104", Sample.Form(string.Concat(Enumerable.Range(0, 65).Select(i => $"""<field var="f{i}" type="text-single" label="F"/>"""))));

    [Fact]
    public Task Two_forms_of_one_name() => Verify("MG1105", Sample.Form(""), Sample.Form("", path: "/schemas/xep-9999/other.form.xml"));

    [Fact]
    public Task Broken_form() => Verify("MG1001_form", Sample.Form("<field>"));

    [Theory]
    [MemberData(nameof(Declarations))]
    public Task Declaration(string name, string declarations) => Verify(name, Sample.Schema("  " + declarations));

    [Fact]
    public Task Malformed_xml() => Verify("MG1001", Sample.Schema("  <xs:element name='a'>"));

    [Fact]
    public Task Document_type_is_refused() => Verify("MG1001_doctype", new Definition("/schemas/a.xsd", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>\n<a>&b;</a>"));

    [Fact]
    public Task A_fault_inside_the_generator_names_the_file() => Verify("MG9999", new Definition("/schemas/a.xsd", null));

    [Theory]
    [InlineData("MG1001_overlay", "<overlay>")]
    [InlineData("MG1020_root", "<overlay xep='9999'/>")]
    [InlineData("MG1020_element", "<overlay xmlns='urn:mucgen:schema' xep='9999'><more/></overlay>")]
    [InlineData("MG1020_path", "<overlay xmlns='urn:mucgen:schema' xep='9999'><on path='a/b' name='C'/></overlay>")]
    [InlineData("MG1020_patch", "<overlay xmlns='urn:mucgen:schema' xep='9999'><patch><from>a</from><to>b</to></patch></overlay>")]
    [InlineData("MG1022_text", "<overlay xmlns='urn:mucgen:schema' xep='9999'><patch reason='it was wrong'><from>nowhere</from><to>b</to></patch></overlay>")]
    [InlineData("MG1022_times", "<overlay xmlns='urn:mucgen:schema' xep='9999'><patch reason='it was wrong' times='3'><from>urn:a</from><to>urn:b</to></patch></overlay>")]
    [InlineData("MG1020_unknown", "<overlay xmlns='urn:mucgen:schema' xep='9999' colour='red'/>")]
    [InlineData("MG1020_twice", "<overlay xmlns='urn:mucgen:schema' xep='9999' version='1'/>")]
    [InlineData("MG1020_value", "<overlay xmlns='urn:mucgen:schema'\n  xep='77'/>")]
    [InlineData("MG1018_overlay", "<overlay xmlns='urn:mucgen:schema' xep='9999' prefix='not a name'/>")]
    public Task Overlay(string name, string overlay) => Verify(
        name,
        new Definition("/schemas/xep-9999/probe.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:mg='urn:mucgen:schema' mg:version='1' targetNamespace='urn:a' elementFormDefault='qualified'/>"),
        new Definition("/schemas/xep-9999/probe.overlay.xml", overlay));

    [Fact]
    public Task Overlay_without_a_schema() => Verify("MG1020_alone", Sample.Schema(Empty), new Definition("/schemas/xep-9999/other.overlay.xml", "<overlay xmlns='urn:mucgen:schema'/>"));

    [Fact]
    public Task Not_a_schema() => Verify("MG1002_root", new Definition("/schemas/a.xsd", "<schema/>"));

    [Fact]
    public Task Schema_without_a_head() => Verify("MG1002_head", new Definition("/schemas/a.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>"));

    [Fact]
    public Task Element_in_two_files() => Verify(
        "MG1008_two_files", Sample.Schema(Empty), Sample.Schema(Empty, path: "/schemas/xep-9999/again.xsd"));

    // Two names whose FNV-1a hashes are equal, found by search.
    [Fact]
    public Task Keys_collide()
    {
        var (first, second) = KeyCollision.Find("urn:example:probe");
        return Verify("MG1011", Sample.Schema($"""<xs:element name="{first}"/><xs:element name="{second}"/>"""));
    }

    [Fact]
    public void A_file_that_cannot_be_read_reports_itself_only()
    {
        var broken = Sample.Other("<xs:element name='b'><xs:complexType mixed='perhaps'/></xs:element>");
        var user = Sample.Schema("""<xs:import namespace="urn:example:other"/><xs:element name="a"><xs:complexType><xs:sequence><xs:element xmlns:o="urn:example:other" ref="o:b"/></xs:sequence></xs:complexType></xs:element>""");

        Assert.Equal(["MG1004"], SchemaDriver.Run(user, broken).Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Fact]
    public void A_moved_line_moves_the_message()
    {
        var moved = Sample.Schema("\n\n  <xs:element name=\"a\" type=\"nothing\"/>");

        Assert.Contains("(7,4)", SchemaDriver.Describe(SchemaDriver.Run(moved).Diagnostics), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_diagnostic_has_its_cause_and_fix_on_the_help_page_and_a_release_row()
    {
        var folder = GeneratorFolder();
        var readme = File.ReadAllText(Path.Combine(folder, "README.md")).Replace("\r\n", "\n", StringComparison.Ordinal);
        var released = File.ReadAllText(Path.Combine(folder, "AnalyzerReleases.Shipped.md")) + File.ReadAllText(Path.Combine(folder, "AnalyzerReleases.Unshipped.md"));
        var all = typeof(Diagnostics).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>().ToList();

        Assert.NotEmpty(all);
        Assert.Equal(all.Count, all.Select(descriptor => descriptor.Id).Distinct().Count());
        Assert.Equal(all.Select(descriptor => descriptor.Id).Order(StringComparer.Ordinal), Regex.Matches(readme, "(?m)^### MG.*$").Select(heading => heading.Value[4..]));
        Assert.All(all, descriptor =>
        {
            var section = readme.Split($"### {descriptor.Id}\n", 2)[^1].Split("\n### ")[0];
            var title = descriptor.DefaultSeverity == DiagnosticSeverity.Info ? $"**{descriptor.Title}** (information). " : $"**{descriptor.Title}.** ";
            Assert.StartsWith("\n" + title, section, StringComparison.Ordinal);
            Assert.Matches("[^\n]\n\nFix: \\w", section);
            Assert.Contains($"{descriptor.Id} | ", released, StringComparison.Ordinal);
            Assert.EndsWith("generators/MucGen.Generator/README.md#" + descriptor.Id.ToLowerInvariant(), descriptor.HelpLinkUri, StringComparison.Ordinal);
        });
    }

    /// <summary>Where the generator and its pages are.</summary>
    internal static string GeneratorFolder([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "generators", "MucGen.Generator"));

    private static Task Verify(string name, params Definition[] definitions)
    {
        var run = SchemaDriver.Run(definitions);
        Assert.Contains(run.Diagnostics, diagnostic => diagnostic.Id == name[..6]);
        return Snapshot.Verify(SchemaDriver.Describe(run.Diagnostics), parameters: name, method: "Reports");
    }
}
