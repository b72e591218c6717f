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

    /// <summary>Of declarations about which the generator has nothing to say.</summary>
    public CompiledProgram(string source, string declarations)
        : this(source, [Sample.Schema(declarations)], [])
    {
    }

    /// <summary>Of whole definitions.</summary>
    /// <param name="source">The class.</param>
    /// <param name="definitions">The files.</param>
    /// <param name="reported">The ids of what the generator may say about them.</param>
    public CompiledProgram(string source, Definition[] definitions, string[] reported)
    {
        var run = SchemaDriver.Run(source, definitions);
        Assert.Empty(run.Diagnostics.Where(diagnostic => !reported.Contains(diagnostic.Id, StringComparer.Ordinal)));
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
