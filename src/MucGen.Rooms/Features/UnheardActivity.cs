using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Rooms.Features;

/// <summary>What a room has to tell somebody who is not in it (XEP-0437).</summary>
public enum Unheard : byte
{
    /// <summary>It is not theirs to know: they do not belong to the room, or this session is in it and hears everything.</summary>
    NotTold,

    /// <summary>Nothing was said since they were here.</summary>
    Nothing,

    /// <summary>Something was.</summary>
    Something,
}

/// <summary>
/// Whether something was said in a room since somebody was there (XEP-0437). Rooms tell it to those who are on their lists by their own address as members or
/// more, whom no rule keeps from entering; nobody else learns of a room by its activity.
/// </summary>
public static class UnheardActivity
{
    /// <summary>What the room has to tell a session.</summary>
    /// <param name="room">The room.</param>
    /// <param name="session">A full JID.</param>
    public static Unheard For(Room room, Jid session)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(session);
        var person = session.Bare;
        if (!Belongs(room, person) || room.IsHiddenFrom(person) || room.Occupants.Find(session) is not null)
            return Unheard.NotTold;
        return !room.Occupants.Of(person).Any() && room.Activity.Total > room.Heard.Of(person) ? Unheard.Something : Unheard.Nothing;
    }

    /// <summary>Whether a person is on a list as a member or more.</summary>
    internal static bool Belongs(Room room, Jid person) => room.Affiliations.Find(person) is { Affiliation: >= MucAffiliation.Member };
}
