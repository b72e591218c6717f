using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using MucGen.Rooms;
using MucGen.Rooms.Archive;
using MucGen.Server.Sessions;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Accounts;

/// <summary>
/// One account in memory: a mailbox with one reader, so that what an account sends and is sent keeps its order. Each input is a turn of pure rules;
/// then what the turn changed goes to the store, and what it says goes out. It leaves memory when nobody is connected and nothing waits.
/// </summary>
internal sealed partial class AccountActor
{
    /// <summary>Inputs that may wait before those who send must.</summary>
    private const int MailboxLimit = 256;

    private readonly Lock gate = new();
    private readonly Channel<AccountInput> mailbox = Channel.CreateUnbounded<AccountInput>();
    private readonly Jid address;
    private readonly AccountRouter router;
    private readonly AccountServices services;
    private readonly ICredentialStore credentials;
    private readonly IRosterStore rosters;
    private readonly ILogger logger;
    private readonly List<Task> writes = [];
    private TaskCompletionSource? drained;
    private bool isRetired;

    public AccountActor(
        Jid address, AccountRouter router, AccountServices services, ICredentialStore credentials, IRosterStore rosters, ILogger logger)
    {
        this.address = address;
        this.router = router;
        this.services = services;
        this.credentials = credentials;
        this.rosters = rosters;
        this.logger = logger;
        _ = Task.Run(RunAsync);
    }

    /// <summary>Gives the account an input; false when it has left memory, and a new actor must be asked.</summary>
    public bool TryPost(in AccountInput input)
    {
        lock (gate)
            return !isRetired && mailbox.Writer.TryWrite(input);
    }

    /// <summary>Completes when the mailbox has room; a session that sends faster than its account acts waits here.</summary>
    public Task HasRoomAsync()
    {
        lock (gate)
        {
            if (mailbox.Reader.Count <= MailboxLimit)
                return Task.CompletedTask;
            drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return drained.Task;
        }
    }

    private async Task RunAsync()
    {
        Account? account = null;
        AccountTurn? turn = null;
        await foreach (var input in mailbox.Reader.ReadAllAsync())
        {
            try
            {
                account ??= await LoadAsync();
                turn ??= new AccountTurn(account, services, new RandomIds());
                await ActAsync(turn, input);
            }
            catch (Exception e)
            {
                InputFailed(logger, e, address, input.Kind);
                Bounce(input);
            }
            finally
            {
                input.Stanza?.Dispose();
                input.Done?.TrySetResult();
            }

            WakeSenders();
            if (account is not { Resources.Count: > 0 } && TryRetire())
                break;
        }

        turn?.Output.Dispose();
    }

    private async ValueTask<Account> LoadAsync()
    {
        var exists = await credentials.FindAsync(address, CancellationToken.None) is not null;
        var account = new Account(address, exists);
        if (!exists)
            return account;
        account.LastSeen = await rosters.FindLastSeenAsync(address, CancellationToken.None);
        foreach (var contact in await rosters.LoadAsync(address, CancellationToken.None))
            account.Set(contact);
        account.Blocked = new BlockList(await services.Blocked.LoadAsync(address, CancellationToken.None));
        account.Waiting = await services.Offline.CountAsync(address, CancellationToken.None);
        return account;
    }

    private async ValueTask ActAsync(AccountTurn turn, AccountInput input)
    {
        var from = input.Kind is AccountInputKind.Outbound or AccountInputKind.Sent ? input.Session!.FullJid : input.From;
        turn.Start(input.Stanza, from, input.To, input.Language, services.Time.GetUtcNow());
        AccountRules.Decide(turn, input);
        await CarryOutAsync(turn);
        if (turn.Continuation is { } work)
            Continue(turn, work);
    }

    private async ValueTask CarryOutAsync(AccountTurn turn)
    {
        foreach (var effect in turn.Effects)
        {
            switch (effect.Kind)
            {
                case AccountEffectKind.SaveContact:
                    writes.Add(rosters.SaveAsync(address, effect.Contact!, CancellationToken.None).AsTask());
                    break;
                case AccountEffectKind.DeleteContact:
                    writes.Add(rosters.DeleteAsync(address, effect.To!, CancellationToken.None).AsTask());
                    break;
                case AccountEffectKind.SaveVCard:
                    writes.Add(services.VCards.SaveAsync(address, turn.Composed(effect).ToArray(), CancellationToken.None).AsTask());
                    break;
                case AccountEffectKind.SaveBlocked:
                    writes.Add(services.Blocked.ChangeAsync(address, effect.Added!, effect.Removed!, CancellationToken.None).AsTask());
                    break;
                case AccountEffectKind.Archive:
                    services.Archives.Append(
                        address, new ArchivedMessage(turn.ArchiveId!, turn.Now, effect.From!, effect.To!, new Markup(turn.Composed(effect).ToArray())));
                    break;
                case AccountEffectKind.KeepMessage:
                    writes.Add(services.Offline.KeepAsync(address, turn.Composed(effect).ToArray(), CancellationToken.None).AsTask());
                    break;
                case AccountEffectKind.SaveLastSeen:
                    rosters.SaveLastSeen(address, turn.Account.LastSeen!);
                    break;
                case AccountEffectKind.SaveLogin:
                    credentials.SaveLogin(address, turn.Now);
                    break;
            }
        }

        try
        {
            await Task.WhenAll(writes);
        }
        finally
        {
            writes.Clear();
        }

        foreach (var effect in turn.Effects)
            await SendAsync(turn, effect);
    }

    private ValueTask SendAsync(AccountTurn turn, AccountEffect effect)
    {
        switch (effect.Kind)
        {
            case AccountEffectKind.SendToResource:
                effect.Resource!.Session?.Send(turn.Composed(effect));
                break;
            case AccountEffectKind.Relay:
                effect.Resource!.Session?.Send(turn.Stanza, turn.From, turn.Language, turn.ArchiveId);
                break;
            case AccountEffectKind.Route:
                return router.RouteComposedAsync(turn.Composed(effect), effect.From!, effect.To!);
            case AccountEffectKind.Forward:
                return router.ForwardAsync(turn.Stanza, effect.From!, effect.To!, turn.Language);
            case AccountEffectKind.DeliverKept:
                return DeliverKeptAsync(turn.Account, effect.Resource!);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>What waits goes to a session, as far as it takes it; what it has taken waits no more.</summary>
    private async ValueTask DeliverKeptAsync(Account account, Resource resource)
    {
        long last = 0;
        foreach (var message in await services.Offline.LoadAsync(address, CancellationToken.None))
        {
            if (resource.Session?.Send(message.Stanza) is not true)
                break;
            last = message.Number;
        }

        await services.Offline.DeleteAsync(address, last, CancellationToken.None);
        account.Waiting = await services.Offline.CountAsync(address, CancellationToken.None);
    }

    /// <summary>Work that takes long goes on beside the account, which does not wait for it.</summary>
    private void Continue(AccountTurn turn, Func<ServerReply, Task> work)
    {
        var (to, asker, own) = (turn.To, turn.From, turn.Sender);
        var reply = new ServerReply(turn.Stanza, to, asker, answer =>
        {
            if (own is { Session: { } session })
                session.Send(answer.Span);
            else
                router.Send(answer.Span, to ?? address, asker);
        });
        router.Run(work, reply);
    }

    private static void Bounce(in AccountInput input)
    {
        if (input is not { Kind: AccountInputKind.Outbound, Stanza: { } stanza, Session: { } session } || !StanzaError.MayAnswer(stanza.Root))
            return;
        using var output = new PooledBufferWriter();
        StanzaError.Write(output, stanza.Root, input.To, session.FullJid, StanzaErrorCondition.InternalServerError);
        session.Send(output.WrittenSpan);
    }

    private void WakeSenders()
    {
        TaskCompletionSource? waiting = null;
        lock (gate)
        {
            if (drained is not null && mailbox.Reader.Count <= MailboxLimit / 2)
                (waiting, drained) = (drained, null);
        }

        waiting?.TrySetResult();
    }

    private bool TryRetire()
    {
        lock (gate)
        {
            if (mailbox.Reader.Count > 0)
                return false;
            isRetired = true;
            router.Forget(address, this);
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The account {Account} could not deal with an input of kind {Kind}")]
    private static partial void InputFailed(ILogger logger, Exception exception, Jid account, AccountInputKind kind);
}
