using MucGen.Server.Accounts;
using MucGen.Server.Storage;
using MucGen.Xml;

namespace MucGen.Server.Tests.Storage;

public sealed class RosterStoreTests : IDisposable
{
    private static readonly Jid Owner = Jid.Parse("juliet@localhost");
    private static readonly Jid Friend = Jid.Parse("romeo@localhost");
    private readonly TemporaryFolder temporary = new();

    [Fact]
    public async Task Contacts_and_requests_survive_a_restart()
    {
        // CI-6121-20, CI-6121-32
        var listed = new Contact(Friend, SubscriptionState.Both, "Romeo & co", ["Friends", "a,b\"c"], true, default);
        var asking = Contact.Unknown(Jid.Parse("paris@localhost")) with
        {
            Subscription = SubscriptionState.PendingIn,
            Request = "<presence type='subscribe'/>"u8.ToArray(),
        };
        using (var store = temporary.Open())
        {
            await store.Rosters.SaveAsync(Owner, listed, default);
            await store.Rosters.SaveAsync(Owner, asking, default);
        }

        using var again = temporary.Open();
        var contacts = await again.Rosters.LoadAsync(Owner, default);
        Assert.Equal(["paris@localhost", "romeo@localhost"], contacts.Select(contact => contact.Jid.ToString()));
        Assert.Equal("<presence type='subscribe'/>"u8.ToArray(), contacts[0].Request.ToArray());
        Assert.False(contacts[0].IsListed);
        Assert.Equal((SubscriptionState.Both, "Romeo & co", true), (contacts[1].Subscription, contacts[1].Name, contacts[1].IsListed));
        Assert.Equal(["Friends", "a,b\"c"], contacts[1].Groups);
        Assert.True(contacts[1].Request.IsEmpty);
        Assert.Empty(await again.Rosters.LoadAsync(Friend, default));
    }

    [Fact]
    public async Task A_contact_is_replaced_and_removed()
    {
        using var store = temporary.Open();
        var contact = Contact.Unknown(Friend) with { IsListed = true, Name = "R", Groups = ["x"] };
        await store.Rosters.SaveAsync(Owner, contact, default);
        await store.Rosters.SaveAsync(Owner, contact with { Name = null, Groups = [] }, default);
        var only = Assert.Single(await store.Rosters.LoadAsync(Owner, default));
        Assert.Null(only.Name);
        Assert.Empty(only.Groups);
        await store.Rosters.DeleteAsync(Owner, Friend, default);
        await store.Rosters.DeleteAsync(Owner, Friend, default);
        Assert.Empty(await store.Rosters.LoadAsync(Owner, default));
    }

    [Fact]
    public async Task Deleting_an_account_deletes_its_contacts()
    {
        using var store = temporary.Open();
        await store.Credentials.CreateAsync(Owner, Credentials.FromPrepared("x", 4096), default);
        await store.Rosters.SaveAsync(Owner, Contact.Unknown(Friend) with { IsListed = true }, default);
        await store.Credentials.DeleteAsync(Owner, default);
        Assert.Empty(await store.Rosters.LoadAsync(Owner, default));
    }

    [Fact]
    public async Task The_last_time_seen_is_kept()
    {
        var seen = new LastSeen(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123), "Bye");
        using (var store = temporary.Open())
        {
            await store.Credentials.CreateAsync(Owner, Credentials.FromPrepared("x", 4096), default);
            Assert.Null(await store.Rosters.FindLastSeenAsync(Owner, default));
            store.Rosters.SaveLastSeen(Owner, seen);
        }

        using var again = temporary.Open();
        Assert.Equal(seen, await again.Rosters.FindLastSeenAsync(Owner, default));
    }

    public void Dispose() => temporary.Dispose();
}
