using Microsoft.Extensions.Logging;
using MucGen.Protocol;
using MucGen.Server.Accounts;
using MucGen.Server.Hosting;
using MucGen.Server.Sessions;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Commands;

/// <summary>What the commands of service administration act on: the very services that the command line and the rules of accounts use.</summary>
public sealed class AdminServices
{
    /// <summary>The served domain.</summary>
    public required string Domain { get; init; }

    /// <summary>Who may give these commands.</summary>
    public required AdminSet Admins { get; init; }

    /// <summary>Creates accounts and changes passwords.</summary>
    public required AccountRegistry Registry { get; init; }

    /// <summary>Deletes accounts with all that belongs to them.</summary>
    public required IAccountDeletion Deletion { get; init; }

    /// <summary>The accounts.</summary>
    public required ICredentialStore Credentials { get; init; }

    /// <summary>Their contacts.</summary>
    public required IRosterStore Rosters { get; init; }

    /// <summary>Who is online.</summary>
    public required SessionTable Sessions { get; init; }

    /// <summary>What people are told who come online.</summary>
    public required Notices Notices { get; init; }

    /// <summary>Stops and restarts the service.</summary>
    public required ServiceStop Stop { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where each command leaves a trace.</summary>
    public required ILogger<AdminServices> Log { get; init; }

    /// <summary>Whether an address is that of an account here, existing or not.</summary>
    public bool IsAccountHere(Jid address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address is { Local: not null, IsBare: true } && address.Domain == Domain;
    }

    /// <summary>Tells all who are online.</summary>
    /// <returns>How many sessions were told.</returns>
    public int Announce(string text)
    {
        var told = 0;
        foreach (var session in Sessions.All)
        {
            using var output = new PooledBufferWriter();
            Announcement.Write(output, Domain, session.FullJid, text);
            if (session.Send(output.WrittenSpan))
                told++;
        }

        return told;
    }

    /// <summary>Ends all sessions of an account, or the one with a full address.</summary>
    /// <returns>How many were ended.</returns>
    public int EndSessions(Jid address, string text)
    {
        ArgumentNullException.ThrowIfNull(address);
        IReadOnlyList<Session> ending = address.IsBare ? Sessions.Of(address) : Sessions.TryFind(address, out var one) ? [one] : [];
        foreach (var session in ending)
            session.End(StreamErrorCondition.PolicyViolation, text);
        return ending.Count;
    }
}

/// <summary>What admins do, for the operator's log.</summary>
internal static partial class AdminLog
{
    [LoggerMessage(EventId = 5101, Level = LogLevel.Information, Message = "{Admin} runs the command {Command} on {Concerned}")]
    public static partial void Running(this ILogger log, Jid admin, string command, string concerned);
}
