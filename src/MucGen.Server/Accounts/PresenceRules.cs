using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>Presence of an account's sessions and presence that comes for it (RFC 6121 section 4 and 8.5).</summary>
public static class PresenceRules
{
    /// <summary>The owner's session sends presence without an address: available, changed or unavailable (4.2, 4.4, 4.5).</summary>
    public static void Broadcast(AccountTurn turn, Resource resource, PresenceView presence)
    {
        switch (presence.Type)
        {
            case null:
                BecomeAvailable(turn, resource, presence.Priority ?? 0);
                break;
            case PresenceType.Unavailable:
                BecomeUnavailable(turn, resource, turn.Stanza);
                break;
            case PresenceType.Error or PresenceType.Probe:
                // Neither means anything to nobody in particular.
                break;
            default:
                turn.Refuse(StanzaErrorCondition.BadRequest, null, "A subscription needs an address.");
                break;
        }
    }

    /// <summary>A session ended without saying so; everybody who saw it is told (4.5.2, 4.6.3).</summary>
    public static void Gone(AccountTurn turn, Resource resource)
    {
        BecomeUnavailable(turn, resource, null);
        turn.Account.Remove(resource);
    }

    /// <summary>The owner's session sends presence to somebody (4.6), who is another account here.</summary>
    public static void Direct(AccountTurn turn, Resource resource, PresenceType? type, Jid to)
    {
        if (type is null && !resource.TryDirect(to, turn.Services.Options.Limits.MaxDirectedPresences))
        {
            turn.Refuse(StanzaErrorCondition.ResourceConstraint);
            return;
        }

        if (type == PresenceType.Unavailable)
            resource.Undirect(to);
        turn.Forward(to);
    }

    /// <summary>Presence comes for the account or one of its sessions.</summary>
    public static void Receive(AccountTurn turn, PresenceType? type)
    {
        if (SubscriptionStanzas.TryGetAction(type, out var action))
            SubscriptionStanzas.Inbound(turn, action);
        else if (type == PresenceType.Probe)
            AnswerProbe(turn);
        else if (turn.To is { IsFull: true } full)
            RelayTo(turn, turn.Account.FindResource(full));
        else
            RelayToAvailable(turn);
    }

    /// <summary>A contact is blocked no more: it sees the account again, and is asked for what was not to be seen of it (XEP-0191 3.4).</summary>
    internal static void MeetAgain(AccountTurn turn, Contact contact)
    {
        if (contact.IsSeenByContact)
            SubscriptionStanzas.SendAvailable(turn, contact.Jid);
        if (!contact.SeesContact)
            return;
        foreach (var resource in turn.Account.Resources)
        {
            if (resource.IsAvailable)
                turn.RoutePresence(PresenceType.Probe, resource.FullJid, contact.Jid);
        }
    }

    private static void BecomeAvailable(AccountTurn turn, Resource resource, int priority)
    {
        var isInitial = !resource.IsAvailable;
        resource.SetPresence(turn.Stanza, priority);
        TellContacts(turn, resource, turn.Stanza);
        foreach (var own in turn.Account.Resources)
        {
            if (own.IsAvailable)
                turn.SendPresence(own, turn.Stanza, resource);
        }

        if (isInitial)
        {
            LearnOthers(turn, resource);
            TellNotices(turn, resource);
        }

        OfflineMessages.Deliver(turn, resource);
    }

    /// <summary>A newly available session is told the message of the day, and the welcome when its account was never seen before (XEP-0133 4.24, 4.27).</summary>
    private static void TellNotices(AccountTurn turn, Resource resource)
    {
        var notices = turn.Services.Notices;
        if (notices.Welcome is { } welcome && turn.Account.LastSeen is null && !turn.Account.Resources.Any(own => own != resource && own.IsAvailable))
            turn.Announce(resource, welcome);
        if (notices.Motd is { } motd)
            turn.Announce(resource, motd);
    }

    /// <summary>A newly available session learns who is there: contacts by probes, the account's other sessions at once (4.2.2, 4.3).</summary>
    private static void LearnOthers(AccountTurn turn, Resource resource)
    {
        foreach (var own in turn.Account.Resources)
        {
            if (own != resource && own.Presence is { } presence)
                turn.SendPresence(resource, presence, own);
        }

        foreach (var contact in turn.Account.Contacts)
        {
            if (contact.SeesContact && !turn.Account.Blocked.Blocks(contact.Jid))
                turn.RoutePresence(PresenceType.Probe, resource.FullJid, contact.Jid);
        }

        SubscriptionStanzas.ShowRequests(turn, resource);
    }

    private static void BecomeUnavailable(AccountTurn turn, Resource resource, Stanza? presence)
    {
        var wasAvailable = resource.IsAvailable;
        resource.SetUnavailable();
        if (wasAvailable)
        {
            TellContacts(turn, resource, presence);
            foreach (var own in turn.Account.Resources)
            {
                // RFC 6121 4.5.2: the session itself gets it too, as long as it is there.
                if (own == resource ? presence is not null : own.IsAvailable)
                    SendEnd(turn, own, resource, presence);
            }

            if (!turn.Account.Resources.Any(own => own.IsAvailable))
                turn.KeepLastSeen(presence is null ? null : StatusOf(presence));
        }

        foreach (var target in resource.TakeDirected())
        {
            if (!wasAvailable || !turn.Account.IsSeenBy(target))
                RouteEnd(turn, resource, presence, target);
        }
    }

    private static void TellContacts(AccountTurn turn, Resource resource, Stanza? presence)
    {
        foreach (var contact in turn.Account.Contacts)
        {
            if (contact.IsSeenByContact && !turn.Account.Blocked.Blocks(contact.Jid))
                RouteEnd(turn, resource, presence, contact.Jid);
        }
    }

    private static void RouteEnd(AccountTurn turn, Resource resource, Stanza? presence, Jid to)
    {
        if (presence is not null)
            turn.RoutePresence(resource, presence, to);
        else
            turn.RoutePresence(PresenceType.Unavailable, resource.FullJid, to);
    }

    private static void SendEnd(AccountTurn turn, Resource own, Resource ended, Stanza? presence)
    {
        if (presence is not null)
            turn.SendPresence(own, presence, ended);
        else
            turn.SendPresence(own, PresenceType.Unavailable, ended.FullJid);
    }

    private static string? StatusOf(Stanza presence)
    {
        foreach (var child in presence.Root.Children)
        {
            if (child.IsContentNamespace && child.LocalName.SequenceEqual("status"u8))
                return child.Text.ToString();
        }

        return null;
    }

    /// <summary>RFC 6121 4.3.2. A probe to a full address is answered for that session alone.</summary>
    private static void AnswerProbe(AccountTurn turn)
    {
        var asker = turn.From;
        if (!turn.Account.Exists || !turn.Account.IsSeenBy(asker))
        {
            AnswerStranger(turn, asker);
            return;
        }

        if (turn.To is { IsFull: true } full)
        {
            if (turn.Account.FindResource(full) is { Presence: { } only } one)
                turn.RoutePresence(one, only, asker);
            else
                turn.RoutePresence(PresenceType.Unavailable, full, asker);
            return;
        }

        var isAnswered = false;
        foreach (var resource in turn.Account.Resources)
        {
            if (resource.Presence is not { } presence)
                continue;
            turn.RoutePresence(resource, presence, asker);
            isAnswered = true;
        }

        if (!isAnswered)
            turn.RouteLastSeen(asker, turn.Account.LastSeen);
    }

    /// <summary>Who got presence directly may ask whether it still holds, and learns no more than that (4.6.6); others learn that they may not.</summary>
    private static void AnswerStranger(AccountTurn turn, Jid asker)
    {
        if (turn.To is { IsFull: true } full
            && turn.Account.FindResource(full) is { } resource
            && (resource.Directed.Contains(asker) || resource.Directed.Contains(asker.Bare)))
        {
            turn.RoutePresence((PresenceType?)null, full, asker);
            return;
        }

        turn.RoutePresence(PresenceType.Unsubscribed, turn.To?.Bare ?? turn.Account.Address, asker.Bare);
    }

    private static void RelayTo(AccountTurn turn, Resource? resource)
    {
        if (resource is not null)
            turn.Relay(resource);
    }

    private static void RelayToAvailable(AccountTurn turn)
    {
        foreach (var resource in turn.Account.Resources)
        {
            if (resource.IsAvailable)
                turn.Relay(resource);
        }
    }
}
