using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Rooms.Privileges;
using MucGen.Simulation.Clients;

namespace MucGen.Simulation.Checking;

/// <summary>Whoever keeps the lists of affiliations and has their present version has every list that it may read as it is (XEP-0463).</summary>
internal static class ListsCheck
{
    private static readonly MucAffiliation[] Lists = [MucAffiliation.Owner, MucAffiliation.Admin, MucAffiliation.Member, MucAffiliation.Outcast];

    /// <summary>Compares what a client in the room has kept with the room.</summary>
    public static void Check(SimulatedWorld world, SimulatedClient client, Room room, Occupant self)
    {
        var kept = client.Kept(room.Address);
        if (kept.Version is null || kept.Version != VersionOf(room))
            return;
        foreach (var list in Lists)
        {
            if (!Reads(room, self, list))
                continue;
            var expected = room.Affiliations.Listed(list).Select(static jid => jid.ToString()).Order(StringComparer.Ordinal).ToArray();
            var actual = kept.Affiliations.Where(entry => entry.Value.Equals(list.ToString(), StringComparison.OrdinalIgnoreCase)).Select(static entry => entry.Key).ToArray();
            if (!expected.SequenceEqual(actual))
                world.Findings.Report($"{client.Name} keeps as {list} of {room.Address} [{string.Join(", ", actual)}] instead of [{string.Join(", ", expected)}].");
        }
    }

    private static string VersionOf(Room room) => FormattableString.Invariant($"{room.CreatedAt.UtcTicks:x}.{room.AffiliationLog.Version:x}");

    private static bool Reads(Room room, Occupant self, MucAffiliation list) => ListRules.CheckAffiliationList(
        room.AffiliationOf(self.BareJid), self.Role, list, room.Config.IsNonAnonymous, room.Config.MemberListReaders.Has(self.Role)) is null;
}
