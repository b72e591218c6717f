using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using MucGen.Server.Configuration;
using MucGen.Server.Hosting;

namespace MucGen.Server.Cli;

/// <summary>The host of the program: the server, and a log on the error output. SIGTERM and Ctrl+C stop it gracefully.</summary>
internal static class DaemonHost
{
    /// <summary>Puts it together. Started, it serves; not started, it has everything that commands need, with no address listened on and rooms loaded when they are asked for.</summary>
    public static IHost Build(MucGenOptions options, IConfiguration configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "mucgen" });
        builder.Logging.AddConfiguration(configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.UseUtcTimestamp = true;
        });

        // Standard output is for what people and scripts asked for.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddMucGen(options);
        return builder.Build();
    }
}
