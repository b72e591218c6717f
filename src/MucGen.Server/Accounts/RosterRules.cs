using System.Text;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>The roster as its owner manages it (RFC 6121 section 2).</summary>
public static class RosterRules
{
    /// <summary>2.1.3 and 2.2: all contacts; from now on the session is told of changes.</summary>
    public static void Get(AccountTurn turn)
    {
        var writer = turn.StartResult();
        writer.Raw("<query xmlns='jabber:iq:roster'>"u8);
        foreach (var contact in turn.Account.Contacts)
        {
            if (contact.IsListed)
                RosterMarkup.WriteItem(ref writer, contact, isRemoved: false);
        }

        writer.Raw("</query>"u8);
        turn.EndResult(ref writer);
        if (turn.Sender is { } session)
            session.IsInterested = true;
    }

    /// <summary>2.3 to 2.5: one contact is added, changed or removed.</summary>
    public static void Set(AccountTurn turn, RosterQueryView query)
    {
        var count = 0;
        RosterItemView item = default;
        foreach (var each in query.Items)
        {
            item = each;
            count++;
        }

        if (count != 1)
            turn.Refuse(StanzaErrorCondition.BadRequest, null, "A roster set holds exactly one item.");
        else if (item.Subscription == RosterSubscription.Remove)
            Remove(turn, item.Jid.ToJid()!.Bare);
        else
            Change(turn, item);
    }

    /// <summary>Whether one more contact fits on the roster.</summary>
    public static bool HasRoom(AccountTurn turn) =>
        turn.Account.Contacts.Count(contact => contact.IsListed) < turn.Services.Options.Limits.MaxRosterItems;

    private static void Change(AccountTurn turn, RosterItemView item)
    {
        var jid = item.Jid.ToJid()!.Bare;
        if (jid == turn.Account.Address)
        {
            turn.Refuse(StanzaErrorCondition.NotAllowed, null, "Nobody is their own contact.");
            return;
        }

        if (!TryReadTexts(turn, item, out var name, out var groups))
            return;
        var before = turn.Account.Find(jid);
        if (!before.IsListed && !HasRoom(turn))
        {
            turn.Refuse(StanzaErrorCondition.ResourceConstraint, StanzaErrorType.Wait, "The roster is full.");
            return;
        }

        // 2.1.2.2 and 2.1.2.5: subscriptions change by presence, never by a roster set.
        var after = before with { Name = name, Groups = groups, IsListed = true };
        turn.Keep(after);
        turn.Acknowledge();
        turn.Push(after);
    }

    private static void Remove(AccountTurn turn, Jid jid)
    {
        var contact = turn.Account.Find(jid);
        if (!contact.IsListed)
        {
            turn.Refuse(StanzaErrorCondition.ItemNotFound);
            return;
        }

        turn.Keep(Contact.Unknown(jid));
        turn.Acknowledge();
        turn.Push(contact, isRemoved: true);
        SubscriptionStanzas.Part(turn, contact);
    }

    /// <summary>2.3.3: texts that are too long, empty groups and doubled groups are refused.</summary>
    private static bool TryReadTexts(AccountTurn turn, RosterItemView item, out string? name, out IReadOnlyList<string> groups)
    {
        var limits = turn.Services.Options.Limits;
        var read = new List<string>();
        groups = read;
        name = item.Name.ToStringOrNull();
        if (name is not null && Encoding.UTF8.GetByteCount(name) > limits.MaxRosterNameBytes)
            return Refuse(turn, StanzaErrorCondition.NotAcceptable, "The name is too long.");
        if (name is { Length: 0 })
            name = null;
        foreach (var element in item.Groups)
        {
            var group = element.ToString();
            if (group.Length == 0)
                return Refuse(turn, StanzaErrorCondition.NotAcceptable, "A group needs a name.");
            if (Encoding.UTF8.GetByteCount(group) > limits.MaxRosterNameBytes)
                return Refuse(turn, StanzaErrorCondition.NotAcceptable, "The name of a group is too long.");
            if (read.Contains(group))
                return Refuse(turn, StanzaErrorCondition.BadRequest, "A group is named twice.");
            if (read.Count == limits.MaxRosterGroups)
                return Refuse(turn, StanzaErrorCondition.NotAcceptable, "The contact is in too many groups.");
            read.Add(group);
        }

        return true;
    }

    private static bool Refuse(AccountTurn turn, StanzaErrorCondition condition, string text)
    {
        turn.Refuse(condition, null, text);
        return false;
    }
}
