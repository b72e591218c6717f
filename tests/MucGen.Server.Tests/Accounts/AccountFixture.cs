using System.Text;
using MucGen.Protocol;
using MucGen.Rooms;
using MucGen.Rooms.Archive;
using MucGen.Rooms.Service;
using MucGen.Server.Accounts;
using MucGen.Server.Commands;
using MucGen.Server.Configuration;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Tests.Accounts;

/// <summary>One account, juliet@localhost, whose rules are asked without store, sockets or clock. What a turn does comes back as lines.</summary>
internal sealed class AccountFixture
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    public AccountFixture(bool exists = true, LimitOptions? limits = null, bool isArchived = false)
    {
        Services = new AccountServices
        {
            Notices = Notices.LoadAsync(new NoValues()).GetAwaiter().GetResult(),
            Administration = new Lazy<AdminServices>(() => throw new InvalidOperationException("There are no admins here.")),
            Commands = new CommandSessions("a secret of the tests"u8.ToArray(), new RandomIds()),
            Options = new MucGenOptions { Limits = limits ?? new LimitOptions(), Accounts = new AccountOptions { Archive = isArchived } },
            Protocol = new ProtocolHost(Server.GeneratedExtension.Instance),
            Time = TimeProvider.System,
            Registry = new AccountRegistry(new NoAccounts(), Credentials.MinIterations),
            Deletion = new NoDeletion(),
            VCards = new NoVCards(),
            Blocked = new NoBlocked(),
            Offline = new NothingOffline(),
            Archives = new NoArchives(),
        };
        Account = new Account(Jid.Parse("juliet@localhost"), exists);
        Turn = new AccountTurn(Account, Services, new RandomIds());
    }

    public AccountServices Services { get; }

    public Account Account { get; }

    public AccountTurn Turn { get; }

    /// <summary>Connects a session; available with a priority, unless null.</summary>
    public Resource Connect(string name, int? priority = null, bool isInterested = false)
    {
        var resource = new Resource(Jid.Parse($"juliet@localhost/{name}")) { IsInterested = isInterested };
        Account.Add(resource);
        if (priority is { } number)
        {
            using var presence = Parse($"<presence><priority>{number}</priority></presence>");
            resource.SetPresence(presence, number);
        }

        return resource;
    }

    /// <summary>Puts somebody on the roster.</summary>
    public void Know(string contact, SubscriptionState state, bool isListed = true) =>
        Account.Set(Contact.Unknown(Jid.Parse(contact)) with { Subscription = state, IsListed = isListed });

    /// <summary>One of the account's sessions sends a stanza.</summary>
    public string[] Send(string resource, string xml)
    {
        using var stanza = Parse(xml);
        Turn.Start(stanza, Jid.Parse($"juliet@localhost/{resource}"), ToOf(stanza), null, Noon);
        AccountRules.Send(Turn, Turn.Sender!);
        return Lines();
    }

    /// <summary>A stanza comes from somebody else.</summary>
    public string[] Receive(string from, string xml)
    {
        using var stanza = Parse(xml);
        Turn.Start(stanza, Jid.Parse(from), ToOf(stanza), null, Noon);
        AccountRules.Receive(Turn);
        return Lines();
    }

    /// <summary>A session is lost.</summary>
    public string[] Lose(Resource resource)
    {
        Turn.Start(null, null, null, null, Noon);
        PresenceRules.Gone(Turn, resource);
        return Lines();
    }

    /// <summary>The state of a contact.</summary>
    public SubscriptionState StateOf(string contact) => Account.Find(Jid.Parse(contact)).Subscription;

    private static Jid? ToOf(Stanza stanza) => stanza.Root.Attribute("to"u8).ToStringOrNull() is { } to ? Jid.Parse(to) : null;

    private static Stanza Parse(string xml) =>
        Stanza.Parse(xml.Insert(xml.IndexOfAny([' ', '/', '>'], 1), " xmlns='jabber:client'"), Protocol.GeneratedExtension.Instance.Names);

    private string[] Lines() => [.. Turn.Effects.Select(effect => effect.Kind switch
    {
        AccountEffectKind.SendToResource => $"to {effect.Resource!.FullJid.Resource}: {Text(effect)}",
        AccountEffectKind.Relay => $"relay to {effect.Resource!.FullJid.Resource}",
        AccountEffectKind.Route => $"route to {effect.To}: {Text(effect)}",
        AccountEffectKind.Forward => $"forward to {effect.To}",
        AccountEffectKind.SaveContact => $"save {effect.Contact!.Jid} {effect.Contact.Subscription}",
        AccountEffectKind.DeleteContact => $"delete {effect.To}",
        AccountEffectKind.SaveBlocked => $"blocked +[{string.Join(' ', effect.Added!)}] -[{string.Join(' ', effect.Removed!)}]",
        AccountEffectKind.Archive => $"archive with {effect.To}",
        AccountEffectKind.KeepMessage => $"keep: {Text(effect)}",
        AccountEffectKind.DeliverKept => $"deliver what waits to {effect.Resource!.FullJid.Resource}",
        AccountEffectKind.SaveVCard => $"save vCard: {Text(effect)}",
        _ => "save last seen",
    })];

    private string Text(in AccountEffect effect) => Encoding.UTF8.GetString(Turn.Composed(effect)).Replace(" xmlns='jabber:client'", "", StringComparison.Ordinal);

    private sealed class NoDeletion : IAccountDeletion
    {
        public Task<bool> DeleteAsync(Jid account, CancellationToken cancellationToken) => Task.FromResult(false);
    }

    private sealed class NoVCards : IVCardStore
    {
        public ValueTask<byte[]?> FindAsync(Jid owner, CancellationToken cancellationToken) => new((byte[]?)null);

        public ValueTask SaveAsync(Jid owner, byte[] card, CancellationToken cancellationToken) => default;
    }

    private sealed class NoBlocked : IBlockStore
    {
        public ValueTask<IReadOnlyList<Jid>> LoadAsync(Jid owner, CancellationToken cancellationToken) => new([]);

        public ValueTask ChangeAsync(Jid owner, IReadOnlyList<Jid> added, IReadOnlyList<Jid> removed, CancellationToken cancellationToken) => default;
    }

    private sealed class NothingOffline : IOfflineStore
    {
        public ValueTask<WaitingMessages> CountAsync(Jid owner, CancellationToken cancellationToken) => default;

        public ValueTask KeepAsync(Jid owner, byte[] message, CancellationToken cancellationToken) => default;

        public ValueTask<IReadOnlyList<KeptMessage>> LoadAsync(Jid owner, CancellationToken cancellationToken) => new([]);

        public ValueTask DeleteAsync(Jid owner, long last, CancellationToken cancellationToken) => default;
    }

    private sealed class NoArchives : IAccountArchive
    {
        public ValueTask<ArchivePage> ReadAsync(Jid owner, ArchiveQuery query, CancellationToken cancellationToken) => new(new ArchivePage([], true));

        public ValueTask ExpireAsync(DateTimeOffset olderThan) => default;

        public void Append(Jid owner, ArchivedMessage message)
        {
        }
    }

    private sealed class NoAccounts : ICredentialStore
    {
        public ValueTask<Credentials?> FindAsync(Jid bare, CancellationToken cancellationToken) => new((Credentials?)null);

        public ValueTask<bool> CreateAsync(Jid bare, Credentials credentials, CancellationToken cancellationToken) => new(false);

        public ValueTask<bool> SetPasswordAsync(Jid bare, Credentials credentials, CancellationToken cancellationToken) => new(false);

        public ValueTask<DateTimeOffset?> FindLastLoginAsync(Jid bare, CancellationToken cancellationToken) => new((DateTimeOffset?)null);

        public void SaveLogin(Jid bare, DateTimeOffset at)
        {
        }

        public ValueTask<bool> DeleteAsync(Jid bare, CancellationToken cancellationToken) => new(false);

        public ValueTask<bool> SetDisabledAsync(Jid bare, bool isDisabled, CancellationToken cancellationToken) => new(false);

        public ValueTask<IReadOnlyList<Jid>> ListAsync(CancellationToken cancellationToken) => new([]);

        public ValueTask<IReadOnlyList<Jid>> ListDisabledAsync(CancellationToken cancellationToken) => new([]);
    }

    private sealed class NoValues : IValueStore
    {
        public ValueTask<byte[]> GetOrCreateAsync(string name, Func<byte[]> create) => new(create());

        public ValueTask<byte[]?> FindAsync(string name) => new((byte[]?)null);

        public ValueTask SetAsync(string name, byte[]? value) => default;
    }
}
