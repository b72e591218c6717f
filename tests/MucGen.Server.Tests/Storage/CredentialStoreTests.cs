using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Tests.Storage;

public sealed class CredentialStoreTests : IDisposable
{
    private static readonly Jid Romeo = Jid.Parse("romeo@localhost");
    private static readonly Credentials Keys = Credentials.FromPrepared("secret", Credentials.MinIterations);
    private readonly TemporaryFolder temporary = new();

    [Fact]
    public async Task An_account_survives_a_restart()
    {
        using (var store = temporary.Open())
            Assert.True(await store.Credentials.CreateAsync(Romeo, Keys, default));
        using var again = temporary.Open();
        var found = await again.Credentials.FindAsync(Romeo, default);
        Assert.NotNull(found);
        Assert.True(found.Matches("secret"));
        Assert.Equal(Keys.Sha1.ServerKey, found.Sha1.ServerKey);
        Assert.Equal(Keys.Sha1.Iterations, found[ScramHash.Sha1].Iterations);
    }

    [Fact]
    public async Task An_account_is_created_once()
    {
        using var store = temporary.Open();
        Assert.True(await store.Credentials.CreateAsync(Romeo, Keys, default));
        Assert.False(await store.Credentials.CreateAsync(Romeo, Credentials.FromPrepared("other", 4096), default));
        Assert.True((await store.Credentials.FindAsync(Romeo, default))!.Matches("secret"));
    }

    [Fact]
    public async Task A_password_changes_only_where_there_is_an_account()
    {
        using var store = temporary.Open();
        var other = Credentials.FromPrepared("other", Credentials.MinIterations);
        Assert.False(await store.Credentials.SetPasswordAsync(Romeo, other, default));
        await store.Credentials.CreateAsync(Romeo, Keys, default);
        Assert.True(await store.Credentials.SetPasswordAsync(Romeo, other, default));
        Assert.True((await store.Credentials.FindAsync(Romeo, default))!.Matches("other"));
    }

    [Fact]
    public async Task A_deleted_account_is_gone()
    {
        using var store = temporary.Open();
        await store.Credentials.CreateAsync(Romeo, Keys, default);
        Assert.True(await store.Credentials.DeleteAsync(Romeo, default));
        Assert.False(await store.Credentials.DeleteAsync(Romeo, default));
        Assert.Null(await store.Credentials.FindAsync(Romeo, default));
    }

    [Fact]
    public async Task Accounts_are_listed_in_order()
    {
        using var store = temporary.Open();
        foreach (var name in (string[])["romeo", "juliet", "nurse"])
            await store.Credentials.CreateAsync(Jid.Parse($"{name}@localhost"), Keys, default);
        var all = await store.Credentials.ListAsync(default);
        Assert.Equal(["juliet@localhost", "nurse@localhost", "romeo@localhost"], all.Select(account => account.ToString()));
    }

    [Fact]
    public async Task A_value_is_made_once_and_kept()
    {
        using (var store = temporary.Open())
            Assert.Equal([1, 2], await store.Values.GetOrCreateAsync("secret", () => [1, 2]));
        using var again = temporary.Open();
        Assert.Equal([1, 2], await again.Values.GetOrCreateAsync("secret", () => [3]));
    }

    public void Dispose() => temporary.Dispose();
}
