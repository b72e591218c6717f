using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>Somebody who has no voice under any nick, in this visit and the next ones, whatever the room's rules would give them.</summary>
/// <param name="BareJid">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Terms">Who did it, when and until when.</param>
public sealed record Mute(Jid BareJid, string? Reason, SanctionTerms Terms);

/// <summary>The mutes of a room, by bare JID.</summary>
public sealed class RoomMutes
{
    private readonly Dictionary<Jid, Mute> byJid = [];

    /// <summary>The mutes, in the order of the addresses' characters.</summary>
    public IEnumerable<Mute> All => byJid.Values.OrderBy(mute => mute.BareJid.ToString(), StringComparer.Ordinal);

    /// <summary>When the first of them ends by itself; null when none does.</summary>
    public DateTimeOffset? NextExpiry { get; private set; }

    /// <summary>The mute of a person; null when there is none.</summary>
    public Mute? Find(Jid bareJid) => byJid.GetValueOrDefault(bareJid);

    internal void Set(Mute mute)
    {
        byJid[mute.BareJid] = mute;
        NextExpiry = byJid.Values.Min(other => other.Terms.Until);
    }

    internal void Remove(Jid bareJid)
    {
        if (byJid.Remove(bareJid))
            NextExpiry = byJid.Values.Min(other => other.Terms.Until);
    }

    internal void Clear()
    {
        byJid.Clear();
        NextExpiry = null;
    }
}
