using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Tests.Storage;

public sealed class VCardStoreTests : IDisposable
{
    private static readonly Jid Owner = Jid.Parse("juliet@localhost");
    private readonly TemporaryFolder temporary = new();

    [Fact]
    public async Task A_vcard_survives_a_restart_and_goes_with_its_account()
    {
        var card = "<vCard xmlns='vcard-temp'><FN>Juliet</FN></vCard>"u8.ToArray();
        using (var store = temporary.Open())
        {
            await store.Credentials.CreateAsync(Owner, Credentials.FromPrepared("secret", Credentials.MinIterations), default);
            await store.VCards.SaveAsync(Owner, "<vCard xmlns='vcard-temp'/>"u8.ToArray(), default);
            await store.VCards.SaveAsync(Owner, card, default);
        }

        using var again = temporary.Open();
        Assert.Equal(card, await again.VCards.FindAsync(Owner, default));
        Assert.True(await again.Credentials.DeleteAsync(Owner, default));
        Assert.Null(await again.VCards.FindAsync(Owner, default));
        await again.VCards.SaveAsync(Owner, card, default);
        Assert.Null(await again.VCards.FindAsync(Owner, default));
    }

    public void Dispose() => temporary.Dispose();
}
