using Microsoft.CodeAnalysis;
using Xunit;

namespace MucGen.Generator.Tests.Schemas;

/// <summary>What an edit costs among all definitions of the repository, among imports and overlays: the files that it changes, and no other.</summary>
public sealed class RepositoryCachingTests
{
    private static readonly Definition[] Repository = SchemaDriver.Repository();

    [Fact]
    public void An_edit_of_code_runs_nothing()
    {
        var reasons = SchemaDriver.ReasonsAfterCodeEdit(Repository, "class A;", "class B { int x; }");

        Assert.Contains(Steps.EmitElement, reasons.Select(step => step.Key));
        Assert.All(reasons, step => Assert.All(step, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason)));
    }

    [Fact]
    public void A_comment_in_a_schema_is_read_and_nothing_else()
    {
        var reasons = SchemaDriver.ReasonsAfterEdit(Repository, Edit("/schemas/xep-0045/muc-user.xsd", "<xs:element name=\"continue\">", "<!-- over\n lines -->\n<xs:element name=\"continue\">"));

        Assert.Equal(1, reasons[Steps.ReadSchema].Count(reason => reason == IncrementalStepRunReason.Unchanged));
        Assert.DoesNotContain(reasons[Steps.ReadSchema], reason => reason == IncrementalStepRunReason.Modified);
        foreach (var step in new[] { Steps.LinkCatalog, Steps.EmitElement, Steps.EmitCatalog, Steps.EmitForm })
            Assert.All(reasons[step], reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    // Who may contain the element writes it in one call, so that those files change with it.
    [Fact]
    public void A_changed_attribute_is_the_element_and_what_contains_it() => Assert.Equal(
        ["Xep0045.MucUserContinue.g.cs", "Xep0045.MucUserInvite.g.cs", "Xep0045.MucUserItem.g.cs"],
        SchemaDriver.EmittedAfterEdit(Repository, Edit("/schemas/xep-0045/muc-user.xsd", "name=\"thread\"", "name=\"threads\"")));

    [Fact]
    public void What_imports_a_changed_schema_is_as_it_was()
    {
        var emitted = SchemaDriver.EmittedAfterEdit(Repository, Edit("/schemas/xep-0004/x-data.xsd", "name=\"label\"", "name=\"caption\"")).ToList();

        Assert.NotEmpty(emitted);
        Assert.All(emitted, file => Assert.StartsWith("Xep0004.", file, StringComparison.Ordinal));
    }

    [Fact]
    public void A_changed_overlay_is_the_files_of_its_schema()
    {
        var schema = new Definition("/schemas/wave.xsd", """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:probe:wave" xmlns="urn:probe:wave" elementFormDefault="qualified">
              <xs:element name="wave"><xs:complexType><xs:attribute name="times" type="xs:int"/></xs:complexType></xs:element>
            </xs:schema>
            """);
        var overlay = new Definition("/schemas/wave.overlay.xml", """<overlay xmlns="urn:mucgen:schema" xep="9997" version="1"/>""");

        Assert.Equal(
            ["ProtocolCatalogue.g.cs", "Xep9997.Wave.g.cs"],
            SchemaDriver.EmittedAfterEdit([.. Repository, schema, overlay], overlay with { Text = overlay.Text!.Replace("version=\"1\"", "version=\"2\"", StringComparison.Ordinal) }));
    }

    [Fact]
    public void A_schema_of_the_package_that_nobody_imports_is_no_file()
    {
        var shipped = new Definition("/package/spare.xsd", """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:mg="urn:mucgen:schema" targetNamespace="urn:probe:spare" xmlns="urn:probe:spare" elementFormDefault="qualified" mg:spec="Spare">
              <xs:element name="spare"><xs:complexType><xs:attribute name="id" type="xs:string"/></xs:complexType></xs:element>
            </xs:schema>
            """);

        Assert.Empty(SchemaDriver.EmittedAfterEdit([.. Repository, shipped], shipped with { Text = shipped.Text!.Replace("\"id\"", "\"ident\"", StringComparison.Ordinal) }));
    }

    private static Definition Edit(string path, string before, string after)
    {
        var definition = Repository.Single(one => one.Path == path);
        Assert.Contains(before, definition.Text!, StringComparison.Ordinal);
        return definition with { Text = definition.Text!.Replace(before, after, StringComparison.Ordinal) };
    }
}
