using System.Text;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Tests.Storage;

public sealed class OfflineStoreTests : IDisposable
{
    private static readonly Jid Owner = Jid.Parse("juliet@localhost");
    private static readonly Jid Other = Jid.Parse("romeo@localhost");
    private readonly TemporaryFolder temporary = new();

    [Fact]
    [Proves("CI-0160-01")]
    public async Task What_waits_survives_a_restart_in_its_order_until_it_is_forgotten()
    {
        using (var store = temporary.Open())
        {
            foreach (var account in new[] { Owner, Other })
                await store.Credentials.CreateAsync(account, Credentials.FromPrepared("secret", Credentials.MinIterations), default);
            await KeepAsync(store.Offline, Owner, "one");
            await KeepAsync(store.Offline, Other, "another's");
            await KeepAsync(store.Offline, Owner, "three");
        }

        using var again = temporary.Open();
        Assert.Equal(new WaitingMessages(2, 8), await again.Offline.CountAsync(Owner, default));
        var waiting = await again.Offline.LoadAsync(Owner, default);
        Assert.Equal(["one", "three"], waiting.Select(message => Encoding.UTF8.GetString(message.Stanza)));

        await again.Offline.DeleteAsync(Owner, waiting[0].Number, default);
        await KeepAsync(again.Offline, Owner, "four");
        Assert.Equal(["three", "four"], (await again.Offline.LoadAsync(Owner, default)).Select(message => Encoding.UTF8.GetString(message.Stanza)));
        Assert.Equal(1, (await again.Offline.CountAsync(Other, default)).Messages);
    }

    [Fact]
    public async Task What_waits_goes_with_its_account()
    {
        using var store = temporary.Open();
        await store.Credentials.CreateAsync(Owner, Credentials.FromPrepared("secret", Credentials.MinIterations), default);
        await KeepAsync(store.Offline, Owner, "one");
        Assert.True(await store.Credentials.DeleteAsync(Owner, default));
        Assert.Equal(default, await store.Offline.CountAsync(Owner, default));
        await KeepAsync(store.Offline, Owner, "two");
        Assert.Equal(default, await store.Offline.CountAsync(Owner, default));
    }

    public void Dispose() => temporary.Dispose();

    private static ValueTask KeepAsync(IOfflineStore store, Jid owner, string text) => store.KeepAsync(owner, Encoding.UTF8.GetBytes(text), default);
}
