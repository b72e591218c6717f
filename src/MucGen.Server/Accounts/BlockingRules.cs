using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>Blocking (XEP-0191): to whom an account has blocked it looks offline, and nothing goes there either. Its own sessions are never blocked.</summary>
internal static class BlockingRules
{
    /// <summary>What the owner is told who writes to somebody they have blocked (3.3).</summary>
    public static IqAnswer BlockedByOwner { get; } =
        IqAnswer.Error(StanzaErrorCondition.NotAcceptable, type: StanzaErrorType.Cancel, detail: (ref writer) => BlockedWriter.Write(ref writer));

    /// <summary>A stanza of somebody who is blocked: messages and requests are refused as if nobody were there, all else is silence.</summary>
    public static void Reject(AccountTurn turn)
    {
        if (turn.Root.Key != PresenceView.Key)
            turn.Refuse(StanzaErrorCondition.ServiceUnavailable);
    }

    /// <summary>Whom the account has blocked; from now on the session is told of changes.</summary>
    public static void List(AccountTurn turn)
    {
        var writer = turn.StartResult();
        var list = BlockingBlocklistWriter.Start(ref writer);
        foreach (var address in turn.Account.Blocked.Addresses)
            list.StartItem(address).End();
        list.End();
        turn.EndResult(ref writer);
        if (turn.Sender is { } session)
            session.FollowsBlocking = true;
    }

    /// <summary>Blocks: those who see the account's presence see it go first.</summary>
    public static void Block(AccountTurn turn, IReadOnlyList<Jid> named)
    {
        var before = turn.Account.Blocked;
        var added = named.Distinct().Where(address => !before.Names(address)).ToList();
        if (named.Count == 0)
            turn.Refuse(StanzaErrorCondition.BadRequest, null, "Name whom to block.");
        else if (named.Any(address => address.Bare == turn.Account.Address))
            turn.Refuse(StanzaErrorCondition.NotAllowed, null, "Nobody blocks themselves.");
        else if (before.Addresses.Count + added.Count > turn.Services.Options.Limits.MaxBlockedAddresses)
            turn.Refuse(StanzaErrorCondition.ResourceConstraint, StanzaErrorType.Wait, "The list of blocked addresses is full.");
        else
        {
            var after = new BlockList(before.Addresses.Concat(added));
            Leave(turn, after);
            turn.Keep(after, added, []);
            turn.Acknowledge();
            turn.PushToThoseWhoFollowBlocking((ref writer) =>
            {
                var block = BlockingBlockWriter.Start(ref writer);
                foreach (var address in named)
                    block.StartItem(address).End();
                block.End();
            });
            LeaveRooms(turn, after);
        }
    }

    /// <summary>Unblocks those who are named, or everybody: they see the account's presence again, and it asks for theirs.</summary>
    public static void Unblock(AccountTurn turn, IReadOnlyList<Jid> named)
    {
        var before = turn.Account.Blocked;
        List<Jid> removed = [.. named.Count == 0 ? before.Addresses : named.Where(before.Names)];
        var after = new BlockList(before.Addresses.Except(removed));
        turn.Keep(after, [], removed);
        turn.Acknowledge();
        turn.PushToThoseWhoFollowBlocking((ref writer) =>
        {
            var unblock = BlockingUnblockWriter.Start(ref writer);
            foreach (var address in named)
                unblock.StartItem(address).End();
            unblock.End();
        });
        foreach (var contact in turn.Account.Contacts)
        {
            if (before.Blocks(contact.Jid) && !after.Blocks(contact.Jid))
                PresenceRules.MeetAgain(turn, contact);
        }
    }

    private static void Leave(AccountTurn turn, BlockList after)
    {
        var before = turn.Account.Blocked;
        foreach (var contact in turn.Account.Contacts)
        {
            if (contact.IsSeenByContact && after.Blocks(contact.Jid) && !before.Blocks(contact.Jid))
                SubscriptionStanzas.SendUnavailable(turn, contact.Jid);
        }

        foreach (var resource in turn.Account.Resources)
        {
            foreach (var target in resource.Directed.Where(after.Blocks).ToList())
            {
                resource.Undirect(target);
                turn.RoutePresence(PresenceType.Unavailable, resource.FullJid, target);
            }
        }
    }

    /// <summary>After the acknowledgement, for rooms answer a leave to whoever leaves.</summary>
    private static void LeaveRooms(AccountTurn turn, BlockList after)
    {
        foreach (var resource in turn.Account.Resources)
        {
            foreach (var room in resource.Rooms.Where(after.Blocks))
                turn.RoutePresence(PresenceType.Unavailable, resource.FullJid, room);
        }
    }
}
