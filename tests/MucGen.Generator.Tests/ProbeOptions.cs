using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MucGen.Generator.Tests;

/// <summary>The build's options as the drivers give them to the generator: the root namespace, and that what is below /package/ came with the package.</summary>
internal sealed class ProbeOptions(string rootNamespace = "Probe") : AnalyzerConfigOptionsProvider
{
    private static readonly AnalyzerConfigOptions Shipped = new Fixed("build_metadata.AdditionalFiles.MucGenShipped", "true");

    public override AnalyzerConfigOptions GlobalOptions { get; } = new Fixed("build_property.RootNamespace", rootNamespace);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
        textFile.Path.StartsWith("/package/", StringComparison.Ordinal) ? Shipped : GlobalOptions;

    private sealed class Fixed(string name, string fixedValue) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value)
        {
            value = key == name ? fixedValue : "";
            return value.Length > 0;
        }
    }
}
