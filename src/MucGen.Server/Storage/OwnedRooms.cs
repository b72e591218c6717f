using System.Collections.Concurrent;
using MucGen.Protocol;
using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Server.Storage;

/// <summary>How many rooms each person owns, followed through the events of all rooms. Thread-safe.</summary>
internal sealed class OwnedRooms
{
    private readonly ConcurrentDictionary<Jid, int> counts = new();

    /// <summary>How many rooms this person owns.</summary>
    public int Of(Jid person) => counts.GetValueOrDefault(person);

    /// <summary>A person owns so many more rooms, or fewer; never fewer than none, for rooms of older versions are counted only with their next snapshot.</summary>
    public void Add(Jid person, int rooms)
    {
        var left = counts.AddOrUpdate(person, static (_, added) => Math.Max(0, added), static (_, known, added) => Math.Max(0, known + added), rooms);
        if (left == 0)
            counts.TryRemove(KeyValuePair.Create(person, 0));
    }
}

/// <summary>Who owns one room, followed through its events.</summary>
internal sealed class RoomOwners
{
    private readonly HashSet<Jid> owners = [];

    /// <summary>The room was loaded from here.</summary>
    public void Apply(RoomSnapshot snapshot)
    {
        owners.Clear();
        foreach (var entry in snapshot.Affiliations)
        {
            if (entry.Affiliation == MucAffiliation.Owner)
                owners.Add(entry.BareJid);
        }
    }

    /// <summary>Follows one event.</summary>
    /// <param name="change">The event.</param>
    /// <param name="counted">What counts a room that is owned, or is not any more; null for an event of before.</param>
    public void Apply(RoomEvent change, OwnedRooms? counted)
    {
        switch (change)
        {
            case RoomCreated created:
                Set(created.Creator, isOwner: true, counted);
                break;
            case AffiliationChanged changed:
                Set(changed.BareJid, changed.Affiliation == MucAffiliation.Owner, counted);
                break;
            case RoomDestroyed:
                foreach (var owner in owners)
                    counted?.Add(owner, -1);
                owners.Clear();
                break;
        }
    }

    private void Set(Jid person, bool isOwner, OwnedRooms? counted)
    {
        if (isOwner ? owners.Add(person) : owners.Remove(person))
            counted?.Add(person, isOwner ? 1 : -1);
    }
}
