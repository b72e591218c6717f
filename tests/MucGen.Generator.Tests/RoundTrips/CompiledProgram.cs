using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using MucGen.Generator.Tests.Schemas;
using Xunit;

namespace MucGen.Generator.Tests.RoundTrips;

/// <summary>What is emitted for definitions with a class <c>Program</c> beside it, compiled without warnings and loaded to be run, in a context of its own that goes with it.</summary>
internal sealed class CompiledProgram : IDisposable
{
    private readonly AssemblyLoadContext context = new("Probe", isCollectible: true);
    private readonly Type program;

    public CompiledProgram(string source, string declarations)
        : this(source, Sample.Schema(declarations))
    {
    }

    public CompiledProgram(string source, params Definition[] definitions)
    {
        var run = SchemaDriver.Run(source, definitions);
        Assert.Empty(run.Diagnostics.Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info));
        using var image = new MemoryStream();
        var emitted = run.Output.Emit(image);
        Assert.Empty(emitted.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        image.Position = 0;
        program = context.LoadFromStream(image).GetType("Program")!;
    }

    /// <summary>What a static method of the program says.</summary>
    public string Call(string method, params object[] arguments) =>
        (string)program.GetMethod(method, BindingFlags.Static | BindingFlags.Public)!.Invoke(null, arguments)!;

    public void Dispose() => context.Unload();
}
