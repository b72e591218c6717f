using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MucGen.Corpus;
using Xunit;

namespace MucGen.Generator.Tests.Schemas;

/// <summary>The schemas that come with the package: what of them becomes code, and where.</summary>
public sealed class ShippedSchemaTests
{
    private static readonly Definition Inner = Shipped("inner", "");

    private static readonly Definition Outer = Shipped("outer", """<xs:import namespace="urn:example:inner"/>""");

    [Fact]
    public void What_nobody_imports_is_not_there()
    {
        var run = SchemaDriver.Run(Inner, Outer, Sample.Schema(Element("probe")));

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["ProtocolCatalogue.g.cs", "ProtocolNames.g.cs", "Xep9999.ProbeProbe.g.cs"], run.Files.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("urn:example:inner", run["ProtocolNames.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_imported_is_there_with_what_that_imports()
    {
        var run = SchemaDriver.Run(Inner, Outer, Sample.Schema(
            """<xs:import namespace="urn:example:outer"/><xs:element name="probe"><xs:complexType><xs:sequence><xs:element xmlns:o="urn:example:outer" ref="o:outer"/></xs:sequence></xs:complexType></xs:element>"""));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(Problems(run.Output));
        Assert.Equal(
            ["Package.Inner.g.cs", "Package.Outer.g.cs", "ProtocolCatalogue.g.cs", "ProtocolNames.g.cs", "Xep9999.ProbeProbe.g.cs"], run.Files.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_schema_of_the_project_stands_for_its_namespace()
    {
        var own = new Definition("/schemas/own.xsd", Inner.Text!.Replace("mg:spec=\"Package\"", "mg:spec=\"Own\"", StringComparison.Ordinal));

        var run = SchemaDriver.Run(Inner, own, Sample.Schema("""<xs:import namespace="urn:example:inner"/>""" + Element("probe")));

        Assert.Empty(run.Diagnostics);
        Assert.Equal(["Own.Inner.g.cs", "ProtocolCatalogue.g.cs", "ProtocolNames.g.cs", "Xep9999.ProbeProbe.g.cs"], run.Files.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_project_without_schemas_has_nothing_emitted() => Assert.Empty(SchemaDriver.Run(Inner, Outer).Files);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_the_protocol_there_is_no_extension(bool hasProtocol)
    {
        var references = Emission.References.Where(reference => hasProtocol || Path.GetFileName(reference.Display) != "MucGen.Protocol.dll");
        var compilation = CSharpCompilation.Create("Probe", [], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Definition[] definitions = [Inner, Sample.Schema(Element("probe"))];

        SchemaDriver.Create(definitions, new SchemaGenerator(), new DispatchGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);

        Assert.Empty(diagnostics);
        Assert.Empty(Problems(output));
        Assert.Equal(hasProtocol, output.GetTypeByMetadataName("Probe.GeneratedExtension") is not null);
    }

    private static IEnumerable<Diagnostic> Problems(Compilation output) => output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);

    private static string Element(string name) => $"""<xs:element name="{name}"><xs:complexType><xs:attribute name="id" type="xs:string"/></xs:complexType></xs:element>""";

    private static Definition Shipped(string name, string imports) => new($"/package/{name}.xsd", $"""
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:mg="urn:mucgen:schema"
                   targetNamespace="urn:example:{name}" xmlns="urn:example:{name}" elementFormDefault="qualified" mg:spec="Package">
        {imports}
        {Element(name)}
        </xs:schema>
        """);
}
