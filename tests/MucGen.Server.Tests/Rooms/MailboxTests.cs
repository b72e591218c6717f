using MucGen.Rooms;
using MucGen.Server.Rooms;
using MucGen.Xml;

namespace MucGen.Server.Tests.Rooms;

/// <summary>One reader a mailbox, order kept, and a bound that makes senders wait.</summary>
public sealed class MailboxTests
{
    private readonly Letter[] batch = new Letter[64];

    [Fact]
    public async Task Inputs_come_out_in_their_order()
    {
        var mailbox = new Mailbox(100, static work => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false));
        for (var i = 0; i < 100; i++)
            Assert.True(await mailbox.PostAsync(Letter(i), CancellationToken.None));
        Assert.Equal(64, mailbox.Take(batch));
        Assert.Equal("u@x/0", batch[0].Input.From!.ToString());
        Assert.Equal("u@x/63", batch[63].Input.From!.ToString());
        Assert.Equal(36, mailbox.Take(batch));
        Assert.Equal("u@x/99", batch[35].Input.From!.ToString());
        Assert.Equal(0, mailbox.Take(batch));
    }

    [Fact]
    public async Task When_it_is_full_those_who_post_wait_in_line()
    {
        var mailbox = new Mailbox(2, static work => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false));
        await mailbox.PostAsync(Letter(0), CancellationToken.None);
        await mailbox.PostAsync(Letter(1), CancellationToken.None);
        var third = mailbox.PostAsync(Letter(2), CancellationToken.None).AsTask();
        var fourth = mailbox.PostAsync(Letter(3), CancellationToken.None).AsTask();
        Assert.False(third.IsCompleted);
        Assert.Equal(1, mailbox.Take(batch.AsSpan(0, 1)));
        Assert.True(await third);
        Assert.False(fourth.IsCompleted);
        Assert.Equal(2, mailbox.Take(batch));
        Assert.True(await fourth);
        Assert.Equal(1, mailbox.Take(batch));
        Assert.Equal("u@x/3", batch[0].Input.From!.ToString());
    }

    [Fact]
    public async Task Who_gives_up_waiting_has_posted_nothing()
    {
        var mailbox = new Mailbox(1, static work => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false));
        await mailbox.PostAsync(Letter(0), CancellationToken.None);
        using var patience = new CancellationTokenSource();
        var second = mailbox.PostAsync(Letter(1), patience.Token).AsTask();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(1, mailbox.Take(batch));
        Assert.Equal(0, mailbox.Take(batch));
    }

    [Fact]
    public async Task The_reader_sleeps_until_something_comes()
    {
        var mailbox = new Mailbox(10, static work => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false));
        for (var round = 0; round < 3; round++)
        {
            var waiting = mailbox.WaitAsync().AsTask();
            Assert.False(waiting.IsCompleted);
            await mailbox.PostAsync(Letter(round), CancellationToken.None);
            await waiting;
            Assert.Equal(1, mailbox.Take(batch));
        }
        var nudged = mailbox.WaitAsync().AsTask();
        mailbox.Nudge();
        await nudged;
        Assert.Equal(0, mailbox.Take(batch));
    }

    [Fact]
    public async Task A_closed_mailbox_takes_nothing()
    {
        var mailbox = new Mailbox(10, static work => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false));
        await mailbox.PostAsync(Letter(0), CancellationToken.None);
        Assert.False(mailbox.TryClose());
        mailbox.Take(batch);
        Assert.True(mailbox.TryClose());
        Assert.False(await mailbox.PostAsync(Letter(1), CancellationToken.None));
    }

    [Fact]
    public void Posting_and_taking_allocate_nothing()
    {
        var mailbox = new Mailbox(64, static work => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false));
        var letter = Letter(0);
        Round(mailbox, letter);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
            Round(mailbox, letter);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private void Round(Mailbox mailbox, Letter letter)
    {
        for (var i = 0; i < 50; i++)
            Assert.True(mailbox.TryPost(letter));
        mailbox.Take(batch);
    }

    private static Letter Letter(int number) => new(RoomInput.SessionGone(Jid.Parse($"u@x/{number}")));
}
