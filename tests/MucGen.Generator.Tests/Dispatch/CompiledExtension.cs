using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using MucGen.Protocol;
using MucGen.Xml;
using Xunit;

namespace MucGen.Generator.Tests.Dispatch;

/// <summary>Sources with handlers, run through the generators, compiled and loaded.</summary>
public class CompiledExtension : IDisposable
{
    private readonly AssemblyLoadContext loader = new("Probe", isCollectible: true);
    private readonly Assembly assembly;

    public CompiledExtension(string source, params (string Name, string Text)[] schemas)
    {
        using var image = new MemoryStream();
        var run = DispatchDriver.Run(source, schemas);
        Assert.Empty(run.Diagnostics);
        var emitted = run.Output.Emit(image);
        Assert.Empty(emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        image.Position = 0;
        assembly = loader.LoadFromStream(image);
        Extension = (ProtocolExtension)TypeOf("GeneratedExtension").GetProperty("Instance")!.GetValue(null)!;
    }

    /// <summary>The emitted extension of the sources.</summary>
    public ProtocolExtension Extension { get; }

    public Type TypeOf(string name) => assembly.GetType("Probe." + name, throwOnError: true)!;

    public StanzaTurn NewTurn(string context, Stanza stanza) => (StanzaTurn)Activator.CreateInstance(TypeOf(context), stanza)!;

    public string LogOf(StanzaTurn turn) => string.Join(';', (IEnumerable<string>)turn.GetType().GetProperty("Log")!.GetValue(turn)!);

    public void Dispose()
    {
        loader.Unload();
        GC.SuppressFinalize(this);
    }
}
