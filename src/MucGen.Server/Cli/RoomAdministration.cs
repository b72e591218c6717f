using System.Globalization;
using MucGen.Rooms;
using MucGen.Server.Rooms;
using MucGen.Server.Sessions;
using MucGen.Server.Storage;
using MucGen.Xml;
using RoomListing = MucGen.Server.Storage.RoomListing;

namespace MucGen.Server.Cli;

/// <summary>Rooms as the operator sees them: read from the journal, changed by their actors.</summary>
internal sealed class RoomAdministration(RoomHost host, IRoomJournal journal, RoomPolicy policy, SessionTable sessions) : IRoomAdministration
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RoomListing>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await journal.ListAsync(cancellationToken)).Where(static room => room.TombstoneEnds is null)];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>?> ShowAsync(Jid room, CancellationToken cancellationToken)
    {
        if (await journal.LoadAsync(room, cancellationToken) is not { } stored)
            return null;
        var state = stored.Snapshot?.ToRoom(room, policy) ?? new Room(room, policy);
        foreach (var change in stored.Events)
            state.Apply(change);
        var lines = state.Exists ? Describe(state) : null;
        state.Release();
        return lines;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DestroyAsync(Jid room, string? reason, Jid? alternate, CancellationToken cancellationToken)
    {
        var known = await ListAsync(cancellationToken);
        if (!known.Any(listing => listing.Address == room))
            return false;
        await host.DestroyAsync(room, reason, alternate, cancellationToken);
        return true;
    }

    /// <inheritdoc/>
    public ValueTask AccountDeletedAsync(Jid account, CancellationToken cancellationToken) => host.ForgetAccountAsync(account, cancellationToken);

    private List<string> Describe(Room room)
    {
        var lines = new List<string>
        {
            $"{room.Address}{(room.IsLocked ? " (locked: its owner has not configured it)" : "")}",
            $"created: {room.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)} by {room.Creator}",
        };
        foreach (var (field, values) in room.Config.Save())
            lines.Add($"{field} = {(IsSecret(field) && values is not ([] or [""]) ? "(set)" : string.Join(", ", values))}");
        foreach (var affiliated in room.Affiliations.All)
            lines.Add($"affiliation: {affiliated.BareJid} {affiliated.Affiliation}{(affiliated.Nick is { } nick ? $" as {nick}" : "")}");
        foreach (var occupant in room.Occupants.All)
        {
            // A crash leaves its occupants in the journal until their room is next loaded, which is when the others are told. They are not there.
            var present = occupant.Sessions.Count(session => sessions.TryFind(session.FullJid, out _));
            if (present > 0)
                lines.Add($"occupant: {occupant.Nick} ({occupant.BareJid}), {occupant.Role}, sessions {present.ToString(CultureInfo.InvariantCulture)}");
        }

        return lines;
    }

    private static bool IsSecret(string field) => field == "muc#roomconfig_roomsecret";
}
