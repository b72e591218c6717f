using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Tests.Storage;

public sealed class BlockStoreTests : IDisposable
{
    private static readonly Jid Owner = Jid.Parse("juliet@localhost");
    private static readonly Jid Paris = Jid.Parse("paris@localhost");
    private static readonly Jid Domain = Jid.Parse("elsewhere.example");
    private readonly TemporaryFolder temporary = new();

    [Fact]
    [Proves("CX-0191-03")]
    public async Task The_list_survives_a_restart_and_goes_with_its_account()
    {
        using (var store = temporary.Open())
        {
            await store.Credentials.CreateAsync(Owner, Credentials.FromPrepared("secret", Credentials.MinIterations), default);
            await store.Blocked.ChangeAsync(Owner, [Paris, Domain, Jid.Parse("tybalt@localhost/home")], [], default);
            await store.Blocked.ChangeAsync(Owner, [Paris], [Jid.Parse("tybalt@localhost/home")], default);
        }

        using var again = temporary.Open();
        Assert.Equal([Domain, Paris], await again.Blocked.LoadAsync(Owner, default));
        Assert.Empty(await again.Blocked.LoadAsync(Paris, default));
        Assert.True(await again.Credentials.DeleteAsync(Owner, default));
        Assert.Empty(await again.Blocked.LoadAsync(Owner, default));
        await again.Blocked.ChangeAsync(Owner, [Paris], [], default);
        Assert.Empty(await again.Blocked.LoadAsync(Owner, default));
    }

    public void Dispose() => temporary.Dispose();
}
