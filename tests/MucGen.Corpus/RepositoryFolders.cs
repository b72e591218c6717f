using System.Reflection;

namespace MucGen.Corpus;

/// <summary>Where this repository has what the corpus needs.</summary>
internal static class RepositoryFolders
{
    /// <summary>The definitions.</summary>
    public static string Schemas => Of("Schemas");

    /// <summary>The overlays that patch published schemas.</summary>
    public static string Patches => Of("Patches");

    /// <summary>The SDK's analyzers for trimming, AOT and single files.</summary>
    public static string TrimAnalyzers => Of("TrimAnalyzers");

    private static string Of(string key) => typeof(RepositoryFolders).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;
}
