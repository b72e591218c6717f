using Microsoft.Extensions.Logging;
using MucGen.Server.Hosting;
using MucGen.Server.Sasl;
using MucGen.Server.Sessions;
using MucGen.Server.Transport;
using MucGen.Xml;

namespace MucGen.Server.Streams;

/// <summary>What every client stream of a server shares.</summary>
internal sealed record StreamServices
{
    /// <summary>The served domain, prepared.</summary>
    public required string Domain { get; init; }
    public required StreamPolicy Policy { get; init; }
    public required TimeProvider Time { get; init; }
    public required NameTable Names { get; init; }
    public required SegmentPool Segments { get; init; }
    public required ICertificateSource Certificates { get; init; }
    public required SaslAccounts Accounts { get; init; }
    public required LoginFailures Failures { get; init; }
    public required SessionBinder Sessions { get; init; }
    public required IStanzaRouter Router { get; init; }
    public required IReadOnlyList<IStreamFeature> Features { get; init; }
    public required IReadOnlyList<IPreLoginHandler> PreLogin { get; init; }
    public required ServerMetrics Metrics { get; init; }
    public required ILogger<ClientStream> Log { get; init; }
}
