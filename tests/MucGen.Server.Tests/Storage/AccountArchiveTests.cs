using System.Text;
using MucGen.Rooms;
using MucGen.Rooms.Archive;
using MucGen.Server.Storage;
using MucGen.Server.Storage.Sqlite;
using MucGen.Xml;

namespace MucGen.Server.Tests.Storage;

/// <summary>The archives of accounts on disk; how queries are answered is that of the archives of rooms, and tested there.</summary>
public sealed class AccountArchiveTests : IDisposable
{
    private static readonly Jid Owner = Jid.Parse("juliet@localhost");
    private static readonly Jid Romeo = Jid.Parse("romeo@localhost/orchard");
    private static readonly Jid Nurse = Jid.Parse("nurse@localhost/house");
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder temporary = new();

    [Fact]
    public async Task What_is_archived_survives_a_restart_in_its_order_though_the_clock_goes_back()
    {
        using (var store = await OpenAsync())
        {
            store.AccountArchives.Append(Owner, Message("one", Romeo, Noon));
            store.AccountArchives.Append(Owner, Message("two", Nurse, Noon.AddHours(-1)));
            store.AccountArchives.Append(Jid.Parse("nobody@localhost"), Message("lost", Romeo, Noon));
        }

        using var again = temporary.Open();
        again.AccountArchives.Append(Owner, Message("three", Romeo, Noon.AddHours(1)));
        Assert.Equal("one two three", await IdsAsync(again, new ArchiveQuery { Max = 10 }));
        Assert.Equal("one three", await IdsAsync(again, new ArchiveQuery { Max = 10, Sender = Romeo.Bare }));
        Assert.Equal("three", await IdsAsync(again, new ArchiveQuery { Max = 10, Sender = Romeo, After = ["two"] }));
        Assert.Equal("two", await IdsAsync(again, new ArchiveQuery { Max = 10, Sender = Nurse, Start = Noon }));
        Assert.Equal("", await IdsAsync(again, new ArchiveQuery { Max = 10, Sender = Nurse.Bare.WithResource("garden") }));
    }

    [Fact]
    public async Task What_expires_are_the_oldest()
    {
        using var store = await OpenAsync();
        for (var day = 0; day < 5; day++)
            store.AccountArchives.Append(Owner, Message($"day{day}", Romeo, Noon.AddDays(day)));
        await store.AccountArchives.ExpireAsync(Noon.AddDays(3));
        Assert.Equal("day3 day4", await IdsAsync(store, new ArchiveQuery { Max = 10 }));

        await store.AccountArchives.ExpireAsync(Noon.AddDays(9));
        store.AccountArchives.Append(Owner, Message("again", Romeo, Noon.AddDays(10)));
        Assert.Equal("again", await IdsAsync(store, new ArchiveQuery { Max = 10 }));
    }

    [Fact]
    public async Task An_archive_goes_with_its_account()
    {
        using var store = await OpenAsync();
        store.AccountArchives.Append(Owner, Message("one", Romeo, Noon));
        Assert.True(await store.Credentials.DeleteAsync(Owner, default));
        store.AccountArchives.Append(Owner, Message("two", Romeo, Noon));
        Assert.Equal("", await IdsAsync(store, new ArchiveQuery { Max = 10 }));
        await CreateAsync(store);
        Assert.Equal("", await IdsAsync(store, new ArchiveQuery { Max = 10 }));
    }

    [Fact]
    public async Task An_archive_that_is_not_there_knows_no_ids()
    {
        using var store = await OpenAsync();
        Assert.Equal(ArchiveOutcome.UnknownId, (await store.AccountArchives.ReadAsync(Owner, new ArchiveQuery { Max = 10, After = ["one"] }, default)).Outcome);
        Assert.Equal(0, (await store.AccountArchives.ReadAsync(Owner, new ArchiveQuery { Max = 0, CountsAll = true }, default)).Count);
    }

    public void Dispose() => temporary.Dispose();

    private static ArchivedMessage Message(string id, Jid with, DateTimeOffset at) =>
        new(id, at, Owner, with, new Markup(Encoding.UTF8.GetBytes($"<message id='{id}'></message>")));

    private static async Task<string> IdsAsync(SqliteStore store, ArchiveQuery query) =>
        string.Join(' ', (await store.AccountArchives.ReadAsync(Owner, query, default)).Messages.Select(message => message.Id));

    private static ValueTask<bool> CreateAsync(SqliteStore store) =>
        store.Credentials.CreateAsync(Owner, Credentials.FromPrepared("secret", Credentials.MinIterations), default);

    private async Task<SqliteStore> OpenAsync()
    {
        var store = temporary.Open();
        await CreateAsync(store);
        return store;
    }
}
