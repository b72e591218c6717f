using Xunit;

namespace MucGen.Generator.Tests.Schemas;

/// <summary>A schema that is kept as it was published, with what the generator has to know of it beside it.</summary>
public sealed class OverlayFileTests
{
    private const string Published = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:example:probe" xmlns="urn:example:probe" elementFormDefault="qualified">
          <xs:element name="ask"><xs:complexType><xs:attribute name="for" type="xs:string"/></xs:complexType></xs:element>
        </xs:schema>
        """;

    private static readonly Definition Schema = new("/schemas/xep-9999/probe.xsd", Published);

    [Fact]
    public void Says_what_the_schema_would_say_itself()
    {
        const string attributes = """xep="9999" version="0.1" prefix="Probe" ns="urn:example:probe:0" """;
        var inPlace = new Definition(Schema.Path, Published.Replace("elementFormDefault", $"xmlns:mg=\"urn:mucgen:schema\" {attributes.Replace(" ", " mg:", StringComparison.Ordinal).Insert(0, "mg:")[..^4]} elementFormDefault", StringComparison.Ordinal));

        var expected = SchemaDriver.Run(inPlace);
        var run = SchemaDriver.Run(Schema, Overlay(attributes));

        Assert.Empty(expected.Diagnostics);
        Assert.Empty(run.Diagnostics);
        Assert.Equal(expected["Xep9999.ProbeAsk.g.cs"], run["Xep9999.ProbeAsk.g.cs"]);
        Assert.Equal(expected["ProtocolCatalogue.g.cs"], run["ProtocolCatalogue.g.cs"]);
    }

    private static Definition Overlay(string attributes) => new("/schemas/xep-9999/probe.overlay.xml", $"""<overlay xmlns="urn:mucgen:schema" {attributes}/>""");
}
