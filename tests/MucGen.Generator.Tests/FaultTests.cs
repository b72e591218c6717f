using Microsoft.CodeAnalysis;
using MucGen.Generator.Emitting;
using MucGen.Generator.Linking;
using MucGen.Generator.Model;
using MucGen.Generator.Reading;
using MucGen.Generator.Tests.Dispatch;
using MucGen.Generator.Tests.Schemas;
using Xunit;

namespace MucGen.Generator.Tests;

/// <summary>A fault of the generator itself, at any stage, is told as MG9999 with what brought it about; the compiler's CS8785 would name no more than the generator.</summary>
public sealed class FaultTests
{
    private const string Message = "Out of luck.";

    private static readonly (string, string) Schema = Text(Sample.Schema("""<xs:element name="a"/><xs:element name="b"/>"""));
    private static readonly (string, string) Form = Text(Sample.Form(""));

    [Fact]
    public void Linking() => AssertFault("the schemas together", new SchemaGenerator(_ => throw Fault(), ElementEmitter.Emit));

    [Fact]
    public void Emitting_an_element() => AssertFault(
        "schemas/xep-9999/probe.xsd, element 'b'",
        new SchemaGenerator(SchemaLinker.Link, static (element, name) => element.Name.Local == "b" ? throw Fault() : ElementEmitter.Emit(element, name)));

    [Fact]
    public void Adding_a_file() => AssertFault(
        "Xep9999.*.g.cs",
        new SchemaGenerator(SchemaLinker.Link, static (element, name) => element.Name.Local == "b" ? new EmittedFile("Xep9999.*.g.cs", "") : ElementEmitter.Emit(element, name)),
        null);

    [Fact]
    public void Emitting_a_form() => AssertFault("schemas/xep-9999/probe.form.xml", new FormGenerator((_, _) => throw Fault()));

    [Fact]
    public void Composing_dispatch() => AssertFault("the handlers together", new DispatchGenerator((_, _, _) => throw Fault(), DispatchEmitter.Emit));

    [Fact]
    public void Emitting_dispatch() => AssertFault(
        "the handlers of ProbeTurn",
        new DispatchGenerator(DispatchComposer.Compose, static dispatch => dispatch.Context.Type.Name == "ProbeTurn" ? throw Fault() : DispatchEmitter.Emit(dispatch)));

    [Fact]
    public void Emitting_fields() => AssertFault("the fields of Settings", new FieldGenerator(_ => throw Fault()));

    private static InvalidOperationException Fault() => new(Message);

    private static void AssertFault(string subject, IIncrementalGenerator generator, string? message = Message)
    {
        var diagnostic = Assert.Single(DispatchDriver.DiagnosticsOf(generator, DispatchSources.Complete, Schema, Form));

        Assert.Equal("MG9999", diagnostic.Id);
        Assert.StartsWith($"The generator failed on '{subject}', report this with the file: {message}", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    private static (string, string) Text(Definition definition) => (definition.Path, definition.Text!);
}
