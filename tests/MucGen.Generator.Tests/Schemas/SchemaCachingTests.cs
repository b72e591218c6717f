using Microsoft.CodeAnalysis;
using Xunit;

namespace MucGen.Generator.Tests.Schemas;

/// <summary>What an edit makes the schema and form pipelines do again: the base, an edit, and the reason of each step.</summary>
public sealed class SchemaCachingTests
{
    private static readonly Definition One = Sample.Schema(
        """
          <xs:element name="first"><xs:complexType><xs:attribute name="id" type="xs:string"/></xs:complexType></xs:element>
          <xs:element name="second"><xs:complexType><xs:attribute name="kind" type="kind"/></xs:complexType></xs:element>
          <xs:simpleType name="kind" mg:name="ProbeKind"><xs:restriction base="xs:NCName"><xs:enumeration value="a"/></xs:restriction></xs:simpleType>
        """);

    private static readonly Definition Two = Sample.Other("""  <xs:element name="third"><xs:complexType><xs:attribute name="id" type="xs:string"/></xs:complexType></xs:element>""");

    private static readonly Definition Form = Sample.Form("""  <field var="nick" type="text-single" label="Nick" mg:name="Nick"/>""");

    private static readonly Definition[] All = [One, Two, Form];

    [Fact]
    public void An_edit_of_code_runs_nothing()
    {
        var reasons = SchemaDriver.ReasonsAfterCodeEdit(All, "class A;", "class B { int x; }");

        Assert.All(reasons, step => Assert.All(step, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason)));
    }

    [Theory]
    [InlineData("<xs:element name=\"first\">", "<!-- a comment\n over lines -->\n\n  <xs:element name=\"first\">")]
    [InlineData("<xs:attribute name=\"id\" type=\"xs:string\"/>", "<xs:attribute type='xs:string'   name='id'></xs:attribute>")]
    public void A_schema_that_says_the_same_is_read_and_nothing_else(string before, string after)
    {
        var reasons = SchemaDriver.ReasonsAfterEdit(All, Edit(One, before, after));

        Assert.Equal(new HashSet<IncrementalStepRunReason> { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }, reasons[Steps.ReadSchema].ToHashSet());
        Assert.All(reasons[Steps.LinkCatalog], reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(reasons[Steps.EmitElement], reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(reasons[Steps.EmitCatalog], reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_changed_element_is_emitted_and_no_other()
    {
        var reasons = SchemaDriver.ReasonsAfterEdit(All, Edit(One, "name=\"id\"", "name=\"ident\""));

        Assert.Equal(1, reasons[Steps.ReadSchema].Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.Equal(1, reasons[Steps.EmitElement].Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.Equal(3, reasons[Steps.EmitElement].Count(reason => reason == IncrementalStepRunReason.Cached));
        Assert.All(reasons[Steps.EmitCatalog], reason => Assert.Contains(reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged }));
        Assert.All(reasons[Steps.EmitForm], reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_changed_form_is_emitted_and_no_schema()
    {
        var reasons = SchemaDriver.ReasonsAfterEdit(All, Edit(Form, "label=\"Nick\"", "label=\"Nickname\""));

        Assert.Equal([IncrementalStepRunReason.Modified], reasons[Steps.EmitForm]);
        Assert.All(reasons[Steps.EmitElement], reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void The_order_of_files_does_not_matter()
    {
        var forward = SchemaDriver.Run(One, Two);
        var backward = SchemaDriver.Run(Two, One);

        Assert.Equal(forward.Files.OrderBy(file => file.Key, StringComparer.Ordinal), backward.Files.OrderBy(file => file.Key, StringComparer.Ordinal));
    }

    private static Definition Edit(Definition definition, string before, string after)
    {
        Assert.Contains(before, definition.Text!, StringComparison.Ordinal);
        return definition with { Text = definition.Text!.Replace(before, after, StringComparison.Ordinal) };
    }
}
