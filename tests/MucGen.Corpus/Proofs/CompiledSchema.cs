using System.Runtime.Loader;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MucGen.Generator.Model;
using MucGen.Xml;

namespace MucGen.Corpus.Proofs;

/// <summary>Emitted code with its harness, compiled and loaded, in a context that goes with it.</summary>
internal sealed class CompiledSchema : IDisposable
{
    private readonly AssemblyLoadContext context = new("Published", isCollectible: true);
    private readonly Dictionary<string, IPayloadCode> codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ElementSpec> elements;

    /// <summary>Compiles the harness beside the emitted code and loads both.</summary>
    /// <param name="emitted">The emitted code, which has no errors.</param>
    /// <param name="catalog">What was linked.</param>
    /// <exception cref="InvalidOperationException">The harness does not compile: it expects what is not emitted.</exception>
    public CompiledSchema(Compilation emitted, Catalog catalog)
    {
        Catalog = catalog;
        elements = catalog.Elements.ToDictionary(element => element.TypeName, StringComparer.Ordinal);
        var harness = CSharpSyntaxTree.ParseText(HarnessEmitter.Emit([.. catalog.Elements], Emission.RootNamespace), (CSharpParseOptions)emitted.SyntaxTrees.First().Options);
        using var image = new MemoryStream();
        var result = emitted.AddSyntaxTrees(harness).AddReferences(MetadataReference.CreateFromFile(typeof(IPayloadCode).Assembly.Location)).Emit(image);
        if (result.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning) is { } problem)
            throw new InvalidOperationException($"{problem}: {problem.Location.SourceTree?.GetText().Lines[problem.Location.GetLineSpan().StartLinePosition.Line]}");
        image.Position = 0;
        var assembly = context.LoadFromStream(image);
        Names = (NameTable)assembly.GetType(Emission.RootNamespace + ".ProtocolNames")!.GetProperty("Instance")!.GetValue(null)!;
        foreach (var element in catalog.Elements)
            codes.Add(element.TypeName, (IPayloadCode)Activator.CreateInstance(assembly.GetType($"{Emission.RootNamespace}.{HarnessEmitter.NameOf(element)}")!)!);
    }

    /// <summary>What was linked.</summary>
    public Catalog Catalog { get; }

    /// <summary>The emitted table of names.</summary>
    public NameTable Names { get; }

    /// <summary>The element of a child that has a view of its own.</summary>
    public ElementSpec ViewOf(ChildSpec child) => elements[child.TypeName!];

    /// <summary>The element of that name; null when there is none with a view.</summary>
    public ElementSpec? Find(XName name)
    {
        var row = Catalog.Names.Namespaces.Where(ns => ns.Namespace == name.NamespaceName).SelectMany(ns => ns.Elements).FirstOrDefault(row => row.Local == name.LocalName);
        return row?.TypeName is { } typeName ? elements[typeName] : null;
    }

    /// <summary>What reads and writes an element.</summary>
    public IPayloadCode CodeOf(ElementSpec element) => codes[element.TypeName];

    public void Dispose() => context.Unload();
}
