using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MucGen.Protocol;
using MucGen.Server.Sessions;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>
/// Brings stanzas to the served domain and to accounts. What a session sends to an account goes through its own account first: presence, messages and
/// requests of one session reach one recipient in their order (RFC 6120 10.1).
/// </summary>
public sealed partial class AccountRouter : IAccountRouter
{
    private readonly ConcurrentDictionary<Jid, AccountActor> accounts = new();
    private readonly AccountServices services;
    private readonly ICredentialStore credentials;
    private readonly IRosterStore rosters;
    private readonly Lazy<IStanzaRouter> router;
    private readonly ILogger<AccountRouter> logger;
    private readonly XmlLimits limits;

    /// <summary>Creates the router. The stanza router is asked for only when something is sent, for it needs this one.</summary>
    public AccountRouter(
        AccountServices services, ICredentialStore credentials, IRosterStore rosters, Lazy<IStanzaRouter> router, ILogger<AccountRouter> logger)
    {
        ArgumentNullException.ThrowIfNull(services);
        this.services = services;
        this.credentials = credentials;
        this.rosters = rosters;
        this.router = router;
        this.logger = logger;

        // What the server composes adds a little to what a client may send.
        var client = services.Options.Limits;
        limits = new XmlLimits(client.MaxStanzaBytes * 2, client.MaxDepth + 4, client.MaxAttributes + 8, client.MaxElements * 2);
    }

    /// <inheritdoc/>
    public async ValueTask BoundAsync(Session session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);

        // Whom the account has blocked must be known before the client can send.
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(session.Account, new AccountInput(AccountInputKind.Bound, session, Done: done));
        await done.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask GoneAsync(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(session.Account, new AccountInput(AccountInputKind.Gone, session, Done: done));
        await done.Task;
    }

    /// <inheritdoc/>
    public async ValueTask RouteAsync(Session sender, Stanza stanza, Jid? to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(stanza);
        if (to is { Local: null })
        {
            AnswerForDomain(stanza, sender.FullJid, to, answer => sender.Send(answer.Span));
            return;
        }

        var actor = Post(
            sender.Account,
            new AccountInput(AccountInputKind.Outbound, sender, stanza.Retain(), null, to, sender.Language));
        await actor.HasRoomAsync();
    }

    /// <inheritdoc/>
    public async ValueTask SentAsync(Session sender, Stanza message, Jid to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(message);
        var actor = Post(sender.Account, new AccountInput(AccountInputKind.Sent, sender, message.Retain(), null, to, sender.Language));
        await actor.HasRoomAsync();
    }

    /// <summary>
    /// Subscription stanzas go through the account, which remembers them (RFC 6121 3.1.2). What a session has sent directed presence to outside the accounts
    /// is known where it goes: to the rooms that it is in.
    /// </summary>
    public ValueTask<bool> OutboundPresenceAsync(Session sender, Stanza presence, Jid to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(presence);
        ArgumentNullException.ThrowIfNull(to);
        if (!PresenceView.TryRead(presence.Root, out var view, out var error))
            return ValueTask.FromResult(Refuse(sender, presence, to, error.Condition, error.ToString()));
        if (SubscriptionStanzas.TryGetAction(view.Type, out _))
        {
            Post(sender.Account, new AccountInput(AccountInputKind.Outbound, sender, presence.Retain(), null, to, sender.Language));
            return ValueTask.FromResult(false);
        }

        return ValueTask.FromResult(true);
    }

    /// <inheritdoc/>
    public ValueTask DeliverAsync(Stanza stanza, Jid from, Jid to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stanza);
        ArgumentNullException.ThrowIfNull(to);
        if (to.Local is null)
            AnswerForDomain(stanza, from, to, answer => Send(answer.Span, to, from));
        else
            Post(to.Bare, new AccountInput(AccountInputKind.Inbound, null, stanza.Retain(), from, to));
        return ValueTask.CompletedTask;
    }

    /// <summary>Parts an account that is being deleted from its contacts; completes when they have been told.</summary>
    internal Task PartAsync(Jid account)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(account, new AccountInput(AccountInputKind.Deleted, Done: done));
        return done.Task;
    }

    /// <summary>Sends a stanza that an account has composed on its way.</summary>
    internal ValueTask RouteComposedAsync(ReadOnlySpan<byte> composed, Jid from, Jid to)
    {
        if (!Stanza.TryRead(composed, services.Protocol.Names, limits, StreamNamespaces.Client, out var stanza, out var fault))
        {
            ComposedUnreadable(logger, from, to, fault);
            return ValueTask.CompletedTask;
        }

        return RouteOwnedAsync(stanza, from, to);
    }

    /// <summary>Sends a client's stanza on its way to another account or elsewhere.</summary>
    internal ValueTask ForwardAsync(Stanza stanza, Jid from, Jid to, string? language)
    {
        if (to.Domain != services.Options.Domain)
            return router.Value.SendAsync(stanza, from, to, CancellationToken.None);
        if (to.Local is null)
            return DeliverAsync(stanza, from, to, CancellationToken.None);
        Post(to.Bare, new AccountInput(AccountInputKind.Inbound, null, stanza.Retain(), from, to, language));
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends a composed stanza without waiting for room where it goes.</summary>
    internal void Send(ReadOnlySpan<byte> composed, Jid from, Jid to)
    {
        var sending = RouteComposedAsync(composed, from, to);
        if (!sending.IsCompletedSuccessfully)
            _ = LogFailureAsync(sending.AsTask());
    }

    /// <summary>Runs work that a turn has left for later, and answers when it fails.</summary>
    internal void Run(Func<ServerReply, Task> work, ServerReply reply) => _ = Task.Run(async () =>
    {
        using (reply)
        {
            try
            {
                await work(reply);
            }
            catch (Exception e)
            {
                RequestFailed(logger, e, reply.Sender);
                reply.Refuse(StanzaErrorCondition.InternalServerError);
            }
        }
    });

    /// <summary>Removes an actor that has left memory.</summary>
    internal void Forget(Jid account, AccountActor actor) => accounts.TryRemove(KeyValuePair.Create(account, actor));

    private static bool Refuse(Session sender, Stanza stanza, Jid to, StanzaErrorCondition condition, string text)
    {
        if (!StanzaError.MayAnswer(stanza.Root))
            return false;
        using var output = new PooledBufferWriter();
        StanzaError.Write(output, stanza.Root, to, sender.FullJid, condition, null, text);
        sender.Send(output.WrittenSpan);
        return false;
    }

    private AccountActor Post(Jid account, in AccountInput input)
    {
        while (true)
        {
            var actor = accounts.GetOrAdd(account, address => new AccountActor(address, this, services, credentials, rosters, logger));
            if (actor.TryPost(input))
                return actor;
            Forget(account, actor);
        }
    }

    private void AnswerForDomain(Stanza stanza, Jid from, Jid to, Action<ReadOnlyMemory<byte>> send)
    {
        var turn = new DomainTurn(services, stanza, from, to);
        using var output = turn.Output;
        DomainRules.Receive(turn);
        foreach (var answer in turn.Answers)
            send(output.WrittenMemory[answer]);
        if (turn.Continuation is { } work)
            Run(work, new ServerReply(stanza, to, from, send));
    }

    private async ValueTask RouteOwnedAsync(Stanza stanza, Jid from, Jid to)
    {
        using (stanza)
            await ForwardAsync(stanza, from, to, null);
    }

    private async Task LogFailureAsync(Task sending)
    {
        try
        {
            await sending;
        }
        catch (Exception e)
        {
            SendFailed(logger, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A stanza composed for {To} from {From} cannot be read: {Fault}")]
    private static partial void ComposedUnreadable(ILogger logger, Jid from, Jid to, XmlFault fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request of {Sender} failed")]
    private static partial void RequestFailed(ILogger logger, Exception exception, Jid sender);

    [LoggerMessage(Level = LogLevel.Error, Message = "A stanza could not be sent")]
    private static partial void SendFailed(ILogger logger, Exception exception);
}
