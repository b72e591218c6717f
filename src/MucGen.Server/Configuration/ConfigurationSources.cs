using System.Collections;
using Microsoft.Extensions.Configuration;

namespace MucGen.Server.Configuration;

/// <summary>Where settings come from, the later winning: appsettings.json, its file for the environment, the environment, the command line.</summary>
public static class ConfigurationSources
{
    /// <summary>The environment variable that names the environment, such as Development.</summary>
    public const string EnvironmentVariable = "DOTNET_ENVIRONMENT";

    /// <summary>Builds the configuration; <paramref name="commandLine"/> holds what options of the command line set.</summary>
    public static IConfigurationRoot Build(IReadOnlyDictionary<string, string?> commandLine)
    {
        var environment = Environment.GetEnvironmentVariable(EnvironmentVariable);
        var builder = new ConfigurationBuilder()
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true);
        if (!string.IsNullOrEmpty(environment))
            builder.AddJsonFile($"appsettings.{environment}.json", optional: true);
        return builder
            .AddInMemoryCollection(FromEnvironment(Environment.GetEnvironmentVariables()))
            .AddInMemoryCollection(commandLine)
            .Build();
    }

    /// <summary>
    /// Settings from environment variables: <c>MucGen__Limits__MaxDepth</c> as everywhere in .NET, or <c>MUCGEN_LIMITS__MAXDEPTH</c>.
    /// Other sections (<c>Logging__LogLevel__Default</c>) go by the .NET rule.
    /// </summary>
    public static Dictionary<string, string?> FromEnvironment(IDictionary variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry variable in variables)
        {
            var key = ((string)variable.Key).Replace("__", ":", StringComparison.Ordinal);
            if (key.StartsWith("MUCGEN_", StringComparison.OrdinalIgnoreCase))
                key = $"{MucGenOptions.Section}:{key["MUCGEN_".Length..]}";
            if (key.StartsWith($"{MucGenOptions.Section}:", StringComparison.OrdinalIgnoreCase)
                || key.StartsWith("Logging:", StringComparison.OrdinalIgnoreCase))
                settings[key] = (string?)variable.Value;
        }

        return settings;
    }
}
