using MucGen.Rooms.Journal;
using MucGen.Xml;

namespace MucGen.Rooms;

/// <summary>
/// Who invited whom lately (XEP-0045 7.8.2, decision A31): a decline is relayed, and a failure reported, only to somebody who did
/// invite its sender, so that a room is no way around block lists.
/// </summary>
public sealed class RoomInvitations
{
    /// <summary>How long an invitation can be declined.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const int MostKept = 1000;

    private readonly Queue<InvitationSent> sent = new();

    /// <summary>How many are remembered.</summary>
    public int Count => sent.Count;

    /// <summary>All that are remembered, oldest first.</summary>
    internal IEnumerable<InvitationSent> All => sent;

    /// <summary>Whether there is an invitation between these bare JIDs that can still be declined.</summary>
    public bool Has(Jid inviter, Jid invitee, DateTimeOffset now)
    {
        foreach (var invitation in sent)
        {
            if (invitation.Inviter.Bare.Equals(inviter) && invitation.Invitee.Equals(invitee) && now - invitation.At <= Lifetime)
                return true;
        }

        return false;
    }

    /// <summary>The latest invitation of this bare JID by a message with this id (7.8.2); null when there was none lately.</summary>
    internal InvitationSent? Find(Jid invitee, string id, DateTimeOffset now)
    {
        InvitationSent? found = null;
        foreach (var invitation in sent)
        {
            if (invitation.Id == id && invitation.Invitee.Equals(invitee) && now - invitation.At <= Lifetime)
                found = invitation;
        }

        return found;
    }

    internal void Add(InvitationSent invitation)
    {
        while (sent.TryPeek(out var oldest) && (sent.Count >= MostKept || invitation.At - oldest.At > Lifetime))
            sent.Dequeue();
        sent.Enqueue(invitation);
    }

    internal void Clear() => sent.Clear();
}
