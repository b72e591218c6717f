using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>
/// Who invited whom lately (XEP-0045 7.8.2, decision A31): a decline is relayed only to somebody who did invite its sender, so
/// that a room is no way around block lists.
/// </summary>
public sealed class RoomInvitations
{
    /// <summary>How long an invitation can be declined.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const int MostKept = 1000;

    private readonly Queue<(Jid Inviter, Jid Invitee, DateTimeOffset At)> sent = new();

    /// <summary>How many are remembered.</summary>
    public int Count => sent.Count;

    /// <summary>All that are remembered, oldest first.</summary>
    internal IEnumerable<(Jid Inviter, Jid Invitee, DateTimeOffset At)> All => sent;

    /// <summary>Whether there is an invitation between these bare JIDs that can still be declined.</summary>
    public bool Has(Jid inviter, Jid invitee, DateTimeOffset now)
    {
        foreach (var invitation in sent)
        {
            if (invitation.Inviter.Equals(inviter) && invitation.Invitee.Equals(invitee) && now - invitation.At <= Lifetime)
                return true;
        }

        return false;
    }

    internal void Add(Jid inviter, Jid invitee, DateTimeOffset at)
    {
        while (sent.TryPeek(out var oldest) && (sent.Count >= MostKept || at - oldest.At > Lifetime))
            sent.Dequeue();
        sent.Enqueue((inviter, invitee, at));
    }

    internal void Clear() => sent.Clear();
}
