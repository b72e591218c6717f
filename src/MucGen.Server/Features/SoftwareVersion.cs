using System.Reflection;
using System.Runtime.InteropServices;
using MucGen.Protocol;
using MucGen.Server.Accounts;

namespace MucGen.Server.Features;

/// <summary>Which software this is (XEP-0092).</summary>
[Feature("jabber:iq:version")]
public static class SoftwareVersion
{
    /// <summary>The version, as the build knows it.</summary>
    public static string Version { get; } =
        typeof(SoftwareVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <summary>Name and version; the operating system only if the operator wants it (section 5).</summary>
    [OnIq(IqType.Get)]
    public static void Tell(DomainTurn turn, VersionQueryView query)
    {
        var writer = turn.StartResult();
        var version = VersionQueryWriter.Start(ref writer);
        version.Name("MucGen");
        version.Version(Version);
        if (turn.Services.Options.ShowOperatingSystem)
            version.OperatingSystem(RuntimeInformation.OSDescription);
        version.End();
        turn.EndResult(ref writer);
    }
}
