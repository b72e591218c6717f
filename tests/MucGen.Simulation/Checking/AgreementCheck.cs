using System.Text;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Rooms.Service;
using MucGen.Simulation.Clients;
using MucGen.Xml;

namespace MucGen.Simulation.Checking;

/// <summary>
/// When nothing is under way, everybody believes the same, and it is true: who is in the room under which nick, role, affiliation and hats, what was
/// said in which order, what the subject is, and who is on which list.
/// </summary>
internal static class AgreementCheck
{
    /// <summary>Compares what the journal tells with the sessions that there are and with what each client knows.</summary>
    public static void Check(SimulatedWorld world)
    {
        foreach (var room in world.Truth.Rooms)
            if (world.Process.Journal.Loaded.Contains(room.Room.Address))
                CheckLeases(world, room.Room);
        CheckDirectory(world);
        foreach (var client in world.Clients)
        {
            client.CheckAnswers();
            foreach (var (address, view) in client.Rooms)
                Compare(world, client, Jid.Parse(address), view);
        }
    }

    /// <summary>No occupant without a session, no session that is gone, and none that does not know of it.</summary>
    private static void CheckLeases(SimulatedWorld world, Room room)
    {
        foreach (var occupant in room.Occupants.All)
            if (occupant.Sessions.Count == 0)
                world.Findings.Report($"{occupant} has no session.");
        foreach (var session in room.Occupants.Sessions)
        {
            if (world.Clients.FirstOrDefault(client => client.FullJid.Equals(session.FullJid)) is not { } client)
                world.Findings.Report($"{session.FullJid} is a ghost in {room.Address}.");
            else if (client.View(room.Address).Nick is null)
                world.Findings.Report($"{session.FullJid} is in {room.Address} and does not know it.");
        }
    }

    private static void CheckDirectory(SimulatedWorld world)
    {
        var listed = world.Process.Directory.Read(new PageRequest(), 100).Items.Select(static listing => $"{listing.Address} {listing.Name}");
        var expected = world.Truth.Rooms
            .Select(static room => RoomListing.Of(room.Room)).Where(static listing => listing is not null)
            .Select(static listing => $"{listing!.Address} {listing.Name}");
        if (!expected.Order(StringComparer.Ordinal).SequenceEqual(listed.Order(StringComparer.Ordinal)))
            world.Findings.Report($"The service lists [{string.Join(", ", listed)}] instead of [{string.Join(", ", expected)}].");
    }

    private static void Compare(SimulatedWorld world, SimulatedClient client, Jid address, RoomView view)
    {
        var truth = world.Truth.Find(address);
        var session = truth?.Room.Occupants.Find(client.FullJid);
        if (session?.Occupant.Nick != view.Nick)
        {
            world.Findings.Report($"{client.Name} believes to be {view.Nick ?? "nobody"} in {address} and is {session?.Occupant.Nick ?? "nobody"}.");
            return;
        }
        if (session is null)
            return;
        var expected = OccupantsSeenBy(truth!.Room, session.Occupant);
        var actual = OccupantsIn(view);
        if (expected != actual)
            world.Findings.Report($"{client.Name} sees in {address}:\n{actual}instead of:\n{expected}");
        CheckAddresses(world, client, truth.Room, session.Occupant, view);
        ListsCheck.Check(world, client, truth.Room, session.Occupant);
        var heard = truth.Messages.Skip(truth.EnteredAt[client.FullJid]);
        if (!heard.SequenceEqual(view.Messages))
            world.Findings.Report($"{client.Name} has heard [{string.Join(", ", view.Messages)}] in {address} instead of [{string.Join(", ", heard)}].");
        var subject = truth.Room.Subject?.Content.ToString() ?? "";
        if (subject.Length > 0 ? !subject.Contains($">{view.Subject}<", StringComparison.Ordinal) : view.Subject is not "")
            world.Findings.Report($"{client.Name} believes that the subject of {address} is '{view.Subject}' instead of '{subject}'.");
    }

    private static string OccupantsSeenBy(Room room, Occupant viewer)
    {
        var text = new StringBuilder();
        foreach (var occupant in room.Occupants.All.OrderBy(static occupant => occupant.Nick, StringComparer.Ordinal))
            if (occupant == viewer || room.Config.PresenceBroadcast.Has(occupant.Role))
                Describe(
                    text, occupant.Nick, room.AffiliationOf(occupant.BareJid).ToString(), occupant.Role.ToString(),
                    string.Join(" ", room.Hats.Of(occupant.BareJid).Select(static hat => hat.Uri)));
        return text.ToString();
    }

    private static string OccupantsIn(RoomView view)
    {
        var text = new StringBuilder();
        foreach (var (nick, occupant) in view.Occupants)
            Describe(text, nick, occupant.Affiliation, occupant.Role, occupant.Hats);
        return text.ToString();
    }

    private static void Describe(StringBuilder text, string nick, string? affiliation, string? role, string hats) =>
        text.Append("  ").Append(nick).Append(": ").Append(affiliation?.ToLowerInvariant()).Append(", ").Append(role?.ToLowerInvariant()).Append(", ").Append(hats).Append('\n');

    /// <summary>Addresses are true, and moderators know whom they moderate (7.2.4).</summary>
    private static void CheckAddresses(SimulatedWorld world, SimulatedClient client, Room room, Occupant viewer, RoomView view)
    {
        foreach (var (nick, seen) in view.Occupants)
        {
            var occupant = room.Occupants.Find(nick)!;
            if (seen.Address is { } address && !Jid.Parse(address).Bare.Equals(occupant.BareJid))
                world.Findings.Report($"{client.Name} believes that {nick} is {address}, who is {occupant.BareJid}.");
            else if (seen.Address is null && viewer.Role == MucRole.Moderator)
                world.Findings.Report($"{client.Name} moderates {room.Address} and does not know who {nick} is.");
        }
    }
}
