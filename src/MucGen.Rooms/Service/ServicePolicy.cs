using System.Security.Cryptography;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Service;

/// <summary>What holds for the service as a whole. Set once at start.</summary>
public sealed record ServicePolicy
{
    /// <summary>The address of the service, a domain.</summary>
    public required Jid Address { get; init; }

    /// <summary>What disco#info calls the service.</summary>
    public string Name { get; init; } = "Chat rooms";

    /// <summary>The most rooms on one page of the list, from 1; longer lists are cut and say so (XEP-0045 6.3).</summary>
    public int MostListed { get; init; } = 100;

    /// <summary>Whether this bare JID may create rooms (XEP-0045 10.1.1). Everybody by default.</summary>
    public Func<Jid, bool> MayCreate { get; init; } = static _ => true;

    /// <summary>Whether rooms have vCards, and so avatars (XEP-0486).</summary>
    public bool RoomsHaveVCards { get; init; } = true;

    /// <summary>The version of the software, told to those who ask (XEP-0092); null tells none.</summary>
    public string? SoftwareVersion { get; init; }

    /// <summary>The sessions of the service's commands.</summary>
    public CommandSessions CommandSessions { get; init; } = new(RandomNumberGenerator.GetBytes(32), new RandomIds());

    /// <summary>The service's commands.</summary>
    public CommandList<ServiceTurn> Commands { get; init; } = new();

    /// <summary>Who may have the list of all rooms at once.</summary>
    public FullSearch FullSearch { get; init; } = FullSearch.Everybody;

    /// <summary>The domain of those who have an account with this server; null where nobody has.</summary>
    public string? LocalDomain { get; init; }

    /// <summary>How often one person may search in a minute, from 1.</summary>
    public int MostSearchesPerMinute { get; init; } = 60;

    /// <summary>What answers requests to the service: the server's own extension, and an application's before it.</summary>
    public ProtocolHost Protocol { get; init; } = new(GeneratedExtension.Instance);
}
