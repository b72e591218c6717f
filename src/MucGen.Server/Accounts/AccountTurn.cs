using System.Globalization;
using System.Text;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Server.Commands;
using MucGen.Server.Sessions;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>
/// One input of an account on its way through the account's rules: they change the account and record effects, in order, which the actor carries out.
/// Reused from turn to turn; no I/O, and time comes with the input.
/// </summary>
[DispatchContext]
public sealed class AccountTurn(Account account, AccountServices services, IIdSource ids) : ServerTurn
{
    private const int ArchiveIdLength = 20;

    private readonly List<AccountEffect> effects = [];
    private long pushes;

    /// <summary>The account that the stanza is for, or that its owner sent it from.</summary>
    public Account Account => account;

    /// <inheritdoc/>
    public override AccountServices Services => services;

    /// <summary>The time of the turn.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>The session that sent the stanza when it is one of the account's own; null for others.</summary>
    public Resource? Sender { get; private set; }

    /// <summary>Whether the account's owner asks.</summary>
    public bool IsOwner => From.Bare == account.Address;

    /// <summary>The id of the turn's message in the account's archive; null when it is not for the archive.</summary>
    internal string? ArchiveId { get; private set; }

    /// <summary>What the turn has decided, in order.</summary>
    public IReadOnlyList<AccountEffect> Effects => effects;

    /// <summary>Begins a turn about a stanza.</summary>
    public void Start(Stanza? stanza, Jid? from, Jid? to, string? language, DateTimeOffset now)
    {
        Begin(stanza, from, to, language);
        Now = now;
        Sender = from is null ? null : account.FindResource(from);
        ArchiveId = null;
        effects.Clear();
    }

    /// <summary>Gives the turn's message an id for the archive, ahead of all that is sent of it.</summary>
    internal void NameForArchive()
    {
        Span<byte> id = stackalloc byte[ArchiveIdLength];
        ids.Next(id);
        ArchiveId = Encoding.ASCII.GetString(id);
    }

    /// <summary>Puts the turn's message into the account's archive, if it has been named for it.</summary>
    /// <param name="other">The other side: who sent it, or whom the account sent it to.</param>
    internal void Archive(Jid other)
    {
        if (ArchiveId is null)
            return;
        var start = Output.WrittenCount;
        StanzaRelay.Write(Output, Root, From, Language, arrival: new Arrival(account.Address, ArchiveId));
        effects.Add(new(AccountEffectKind.Archive, From: From, To: other, Bytes: start..Output.WrittenCount));
    }

    /// <summary>What an effect has composed.</summary>
    public ReadOnlySpan<byte> Composed(in AccountEffect effect) => Output.WrittenSpan[effect.Bytes];

    /// <summary>Sends the turn's stanza to one of the account's sessions as it came.</summary>
    public void Relay(Resource resource) => effects.Add(new(AccountEffectKind.Relay, resource));

    /// <summary>Whether the turn's stanza goes to this session as it came.</summary>
    internal bool IsRelayedTo(Resource resource)
    {
        foreach (var effect in effects)
        {
            if (effect.Kind == AccountEffectKind.Relay && effect.Resource == resource)
                return true;
        }

        return false;
    }

    /// <summary>Sends one of the account's sessions a copy of the turn's message (XEP-0280 7, 8).</summary>
    internal void SendCopy(Resource resource, bool isSent)
    {
        var start = Output.WrittenCount;
        var writer = new XmppWriter(Output);
        writer.Raw("<message"u8);
        writer.Attribute("from"u8, account.Address);
        writer.Attribute("to"u8, resource.FullJid);
        writer.Attribute("type"u8, Root.Attribute("type"u8));
        writer.Raw(isSent ? "><sent xmlns='urn:xmpp:carbons:2'>"u8 : "><received xmlns='urn:xmpp:carbons:2'>"u8);
        writer.Raw("<forwarded xmlns='urn:xmpp:forward:0'>"u8);
        StanzaRelay.WriteForwarded(ref writer, Root, From, Language, new Arrival(account.Address, ArchiveId));
        writer.Raw("</forwarded>"u8);
        writer.Raw(isSent ? "</sent></message>"u8 : "</received></message>"u8);
        writer.Flush();
        effects.Add(new(AccountEffectKind.SendToResource, resource, Bytes: start..Output.WrittenCount));
    }

    /// <summary>Lets the turn's message wait, with the time of the turn; false when too much waits.</summary>
    internal bool TryKeepMessage()
    {
        var start = Output.WrittenCount;
        StanzaRelay.Write(Output, Root, From, Language, arrival: new Arrival(account.Address, ArchiveId, KeptBy: services.Options.Domain, KeptAt: Now));
        var waiting = new WaitingMessages(account.Waiting.Messages + 1, account.Waiting.Bytes + Output.WrittenCount - start);
        var limits = services.Options.Limits;
        if (waiting.Messages > limits.MaxOfflineMessages || waiting.Bytes > limits.MaxOfflineBytes)
            return false;
        account.Waiting = waiting;
        effects.Add(new(AccountEffectKind.KeepMessage, Bytes: start..Output.WrittenCount));
        return true;
    }

    /// <summary>Sends all that waits to one of the account's sessions.</summary>
    internal void DeliverKept(Resource resource) => effects.Add(new(AccountEffectKind.DeliverKept, resource));

    /// <summary>Sends the turn's stanza on to another address as it came.</summary>
    public void Forward(Jid to) => effects.Add(new(AccountEffectKind.Forward, From: From, To: to));

    /// <summary>Sends the presence of one of this account's sessions, as it came, to another of them or to itself.</summary>
    public void SendPresence(Resource resource, Stanza presence, Resource source) =>
        effects.Add(new(
            AccountEffectKind.SendToResource,
            resource,
            Bytes: ComposeCopy(presence, source.FullJid, resource.FullJid, source.Language)));

    /// <summary>Sends the presence of one of this account's sessions, as it came, to another address.</summary>
    public void RoutePresence(Resource resource, Stanza presence, Jid to) =>
        effects.Add(new(AccountEffectKind.Route, From: resource.FullJid, To: to, Bytes: ComposeCopy(presence, resource.FullJid, to, resource.Language)));

    /// <summary>Sends a presence of a type, without content, to another address.</summary>
    public void RoutePresence(PresenceType? type, Jid from, Jid to) =>
        effects.Add(new(AccountEffectKind.Route, From: from, To: to, Bytes: ComposePresence(type, from, to, null)));

    /// <summary>Sends the unavailable presence of an account that has nobody online, with the time since when (RFC 6121 4.3.2).</summary>
    public void RouteLastSeen(Jid to, LastSeen? lastSeen) =>
        effects.Add(new(AccountEffectKind.Route, From: account.Address, To: to, Bytes: ComposePresence(PresenceType.Unavailable, account.Address, to, lastSeen)));

    /// <summary>Sends a presence of a type, without content, to one of the account's sessions.</summary>
    public void SendPresence(Resource resource, PresenceType? type, Jid from) =>
        effects.Add(new(AccountEffectKind.SendToResource, resource, Bytes: ComposePresence(type, from, resource.FullJid, null)));

    /// <summary>Sends the turn's subscription stanza on, between bare addresses (RFC 6121 3.1.2).</summary>
    public void RouteSubscription(Jid contact) =>
        effects.Add(new(AccountEffectKind.Route, From: account.Address, To: contact, Bytes: ComposeCopy(Stanza, account.Address, contact, Language)));

    /// <summary>Sends a kept subscription request to one of the account's sessions.</summary>
    public void SendKept(Resource resource, ReadOnlyMemory<byte> stanza) =>
        effects.Add(new(AccountEffectKind.SendToResource, resource, Bytes: Append(stanza.Span)));

    /// <summary>Tells one of the account's sessions something on behalf of the server.</summary>
    public void Announce(Resource resource, string text)
    {
        var start = Output.WrittenCount;
        Announcement.Write(Output, services.Options.Domain, resource.FullJid, text);
        effects.Add(new(AccountEffectKind.SendToResource, resource, Bytes: start..Output.WrittenCount));
    }

    /// <summary>Keeps a contact, or forgets one of whom nothing is left to know.</summary>
    public void Keep(Contact contact)
    {
        if (contact.IsForgettable)
        {
            account.Remove(contact.Jid);
            effects.Add(new(AccountEffectKind.DeleteContact, To: contact.Jid));
        }
        else
        {
            account.Set(contact);
            effects.Add(new(AccountEffectKind.SaveContact, Contact: contact));
        }
    }

    /// <summary>Keeps another vCard; false when it is larger than that.</summary>
    /// <param name="card">The element.</param>
    /// <param name="mostBytes">The most bytes that it may have.</param>
    public bool TryKeepVCard(ElementView card, int mostBytes)
    {
        var start = Output.WrittenCount;
        var writer = new XmppWriter(Output);
        writer.Element(card);
        writer.Flush();
        var isKept = Output.WrittenCount - start <= mostBytes;
        if (isKept)
            effects.Add(new(AccountEffectKind.SaveVCard, Bytes: start..Output.WrittenCount));
        return isKept;
    }

    /// <summary>Keeps whom the account has blocked from now on.</summary>
    internal void Keep(BlockList blocked, IReadOnlyList<Jid> added, IReadOnlyList<Jid> removed)
    {
        account.Blocked = blocked;
        foreach (var resource in account.Resources)
            resource.Follow(blocked);
        if (added.Count + removed.Count > 0)
            effects.Add(new(AccountEffectKind.SaveBlocked, Added: added, Removed: removed));
    }

    /// <summary>Keeps when the account was last seen.</summary>
    public void KeepLastSeen(string? status)
    {
        account.LastSeen = new LastSeen(Now, status);
        effects.Add(new(AccountEffectKind.SaveLastSeen));
    }

    /// <summary>Keeps that somebody has logged in to the account now.</summary>
    public void KeepLogin() => effects.Add(new(AccountEffectKind.SaveLogin));

    /// <summary>Tells every interested session about a contact as it is now, or that it is gone (RFC 6121 2.1.6).</summary>
    public void Push(Contact contact, bool isRemoved = false)
    {
        foreach (var resource in account.Resources)
        {
            if (!resource.IsInterested)
                continue;
            Push(resource, (ref writer) =>
            {
                writer.Raw("<query xmlns='jabber:iq:roster'>"u8);
                RosterMarkup.WriteItem(ref writer, contact, isRemoved);
                writer.Raw("</query>"u8);
            });
        }
    }

    /// <summary>Tells every session that follows who is blocked about a change (XEP-0191 3.3, 3.4).</summary>
    internal void PushToThoseWhoFollowBlocking(StanzaContent change)
    {
        foreach (var resource in account.Resources)
        {
            if (resource.FollowsBlocking)
                Push(resource, change);
        }
    }

    private void Push(Resource resource, StanzaContent content)
    {
        var start = Output.WrittenCount;
        var writer = new XmppWriter(Output);
        writer.Raw("<iq type='set'"u8);
        writer.Attribute("id"u8, string.Create(CultureInfo.InvariantCulture, $"push-{++pushes:x}"));
        writer.Attribute("to"u8, resource.FullJid);
        writer.Raw(">"u8);
        content(ref writer);
        writer.Raw("</iq>"u8);
        writer.Flush();
        effects.Add(new(AccountEffectKind.SendToResource, resource, Bytes: start..Output.WrittenCount));
    }

    /// <summary>The turn's subscription stanza as the account's sessions are to get it, now or later.</summary>
    public byte[] CopySubscription()
    {
        var range = ComposeCopy(Stanza, From.Bare, account.Address, Language);
        return Output.WrittenSpan[range].ToArray();
    }

    /// <inheritdoc/>
    protected override void Answer(Range composed)
    {
        if (Sender is { } own)
            effects.Add(new(AccountEffectKind.SendToResource, own, Bytes: composed));
        else
            effects.Add(new(AccountEffectKind.Route, From: To ?? account.Address, To: From, Bytes: composed));
    }

    private Range ComposeCopy(Stanza stanza, Jid from, Jid to, string? language)
    {
        var start = Output.WrittenCount;
        StanzaRelay.Write(Output, stanza.Root, from, language, to);
        return start..Output.WrittenCount;
    }

    private Range ComposePresence(PresenceType? type, Jid from, Jid to, LastSeen? lastSeen)
    {
        var start = Output.WrittenCount;
        var writer = new XmppWriter(Output);
        writer.Raw("<presence"u8);
        writer.Attribute("from"u8, from);
        writer.Attribute("to"u8, to);
        if (type is { } known)
            writer.Attribute("type"u8, known.ToUtf8());
        writer.Raw(">"u8);
        if (lastSeen is not null)
        {
            writer.TextElement("status"u8, lastSeen.Status);
            writer.Raw("<delay xmlns='urn:xmpp:delay'"u8);
            writer.Attribute("from"u8, account.Address);
            writer.Attribute("stamp"u8, lastSeen.At);
            writer.Raw("/>"u8);
        }

        writer.Raw("</presence>"u8);
        writer.Flush();
        return start..Output.WrittenCount;
    }

    private Range Append(ReadOnlySpan<byte> stanza)
    {
        var start = Output.WrittenCount;
        stanza.CopyTo(Output.GetSpan(stanza.Length));
        Output.Advance(stanza.Length);
        return start..Output.WrittenCount;
    }
}
