using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Server.Accounts;
using MucGen.Server.Rooms;
using MucGen.Xml;

namespace MucGen.Server.Sessions;

/// <summary>The one place that looks at <c>to</c>: this domain, its MUC service, its rooms, or elsewhere (RFC 6120 section 10).</summary>
/// <remarks>Accounts come lazily, because their rules send through the router in turn.</remarks>
internal sealed class StanzaRouter(
    ServedDomains domains, NameTable names, SessionTable sessions, Lazy<IAccountRouter> accounts, IRoomHost rooms, IMucService service) : IStanzaRouter
{
    private readonly Jid serviceAddress = Jid.Parse(domains.Muc);

    /// <inheritdoc/>
    public ValueTask RouteAsync(Session sender, Stanza stanza, CancellationToken cancellationToken)
    {
        var root = stanza.Root;
        var address = root.Attribute("to"u8);
        if (!address.IsPresent)
            return root.Key == PresenceView.Key && root.Attribute("type"u8).Equals("unavailable"u8)
                ? LeaveAsync(sender, stanza, cancellationToken)
                : accounts.Value.RouteAsync(sender, stanza, to: null, cancellationToken);
        if (!sender.Addresses.TryGet(address, out var to, out _))
            return Refuse(sender, root, default, StanzaErrorCondition.JidMalformed);
        if (to.Domain == domains.Muc)
            return sender.Blocked.Blocks(to) ? Refuse(sender, root, to, BlockingRules.BlockedByOwner)
                : root.Key == PresenceView.Key ? RoutePresenceAsync(sender, stanza, to, cancellationToken)
                : root.Key == MessageView.Key && !root.Attribute("type"u8).Equals("groupchat"u8) ? PostMessageAsync(sender, stanza, to, cancellationToken)
                : PostAsync(stanza, sender.FullJid, to, cancellationToken);
        if (to.Domain == domains.Own)
            return accounts.Value.RouteAsync(sender, stanza, to, cancellationToken);
        return RouteElsewhereAsync(sender, stanza, to, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask SendAsync(Stanza stanza, Jid from, Jid to, CancellationToken cancellationToken)
    {
        if (to.Domain == domains.Muc)
            return PostAsync(stanza, from, to, cancellationToken);
        if (to.Domain == domains.Own)
            return accounts.Value.DeliverAsync(stanza, from, to, cancellationToken);
        if (!StanzaError.MayAnswer(stanza.Root))
            return default;
        return BounceAsync(stanza, from, to, StanzaErrorCondition.RemoteServerNotFound, cancellationToken);
    }

    /// <summary>To the MUC service itself, or to a room or one of its occupants.</summary>
    private ValueTask PostAsync(Stanza stanza, Jid from, Jid to, CancellationToken cancellationToken) =>
        to.Local is null
            ? service.TakeAsync(stanza, from, to, cancellationToken)
            : rooms.PostAsync(to.Bare, RoomInput.OfStanza(stanza, from, to), cancellationToken);

    /// <summary>What is not for everybody in a room concerns the other sessions of its sender too.</summary>
    private async ValueTask PostMessageAsync(Session sender, Stanza stanza, Jid to, CancellationToken cancellationToken)
    {
        await PostAsync(stanza, sender.FullJid, to, cancellationToken);
        await accounts.Value.SentAsync(sender, stanza, to, cancellationToken);
    }

    private async ValueTask RoutePresenceAsync(Session sender, Stanza stanza, Jid to, CancellationToken cancellationToken)
    {
        if (!await accounts.Value.OutboundPresenceAsync(sender, stanza, to, cancellationToken))
            return;
        var mayEnter = to.Local is null || stanza.Root.Attribute("type"u8).IsPresent || sender.Rooms.TryAsk(to.Bare);
        await (mayEnter
            ? PostAsync(stanza, sender.FullJid, to, cancellationToken)
            : Refuse(sender, stanza.Root, to, StanzaErrorCondition.ResourceConstraint));
    }

    /// <summary>
    /// Who becomes unavailable leaves their rooms, although nothing names them, and each hears it in the client's own words
    /// (RFC 6121 4.5.2, 4.6.3; XEP-0045 7.14). So does the service (XEP-0437 3.2).
    /// </summary>
    private async ValueTask LeaveAsync(Session sender, Stanza stanza, CancellationToken cancellationToken)
    {
        foreach (var room in sender.Rooms.ToArray())
            await rooms.PostAsync(room, RoomInput.OfStanza(stanza, sender.FullJid, room), cancellationToken);
        await service.TakeAsync(stanza, sender.FullJid, serviceAddress, cancellationToken);
        await accounts.Value.RouteAsync(sender, stanza, to: null, cancellationToken);
    }

    /// <summary>There is no way to other domains yet, which is an error of its own for the sender (RFC 6120 10.4).</summary>
    private async ValueTask RouteElsewhereAsync(Session sender, Stanza stanza, Jid to, CancellationToken cancellationToken)
    {
        if (stanza.Root.Key == PresenceView.Key && !await accounts.Value.OutboundPresenceAsync(sender, stanza, to, cancellationToken))
            return;
        await Refuse(sender, stanza.Root, to, StanzaErrorCondition.RemoteServerNotFound);
    }

    private async ValueTask BounceAsync(Stanza stanza, Jid from, Jid to, StanzaErrorCondition condition, CancellationToken cancellationToken)
    {
        using var output = new PooledBufferWriter();
        StanzaError.Write(output, stanza.Root, to, from, condition);
        if (sessions.TryFind(from, out var session))
            session.Send(output.WrittenSpan);
        else if (Stanza.TryRead(output.WrittenSpan, names, XmlLimits.Default, StreamNamespaces.Client, out var error, out _))
            using (error)
                await SendAsync(error, to, from, cancellationToken);
    }

    private static ValueTask Refuse(Session sender, ElementView stanza, XmlText from, StanzaErrorCondition condition) =>
        Refuse(sender, stanza, from, IqAnswer.Error(condition));

    private static ValueTask Refuse(Session sender, ElementView stanza, XmlText from, IqAnswer refusal)
    {
        if (!StanzaError.MayAnswer(stanza))
            return default;
        using var output = new PooledBufferWriter();
        StanzaError.Write(output, stanza, from, sender.FullJid, refusal);
        sender.Send(output.WrittenSpan);
        return default;
    }
}

/// <summary>The domains that this server is.</summary>
/// <param name="Own">Where the accounts are.</param>
/// <param name="Muc">Where the rooms are.</param>
internal sealed record ServedDomains(string Own, string Muc);
