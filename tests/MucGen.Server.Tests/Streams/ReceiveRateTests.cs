using System.Text;
using MucGen.Server.Configuration;
using MucGen.Server.Streams;
using MucGen.Server.Tests.Hosting;
using MucGen.Server.Tests.Support;

namespace MucGen.Server.Tests.Streams;

/// <summary>A client that speaks too fast is read later, and loses nothing.</summary>
public sealed class ReceiveRateTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void Without_a_limit_there_is_no_rate() => Assert.Null(ReceiveRate.Of(new StreamPolicy(), time));

    [Fact]
    public void What_exceeds_the_burst_is_paid_for_by_waiting()
    {
        var rate = ReceiveRate.Of(new StreamPolicy { MaxBytesPerSecond = 1000 }, time)!;
        Assert.Equal(TimeSpan.Zero, rate.Spend(2000));
        Assert.Equal(TimeSpan.FromSeconds(0.5), rate.Spend(500));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, rate.Spend(500));
    }

    [Fact]
    public void Silence_saves_up_no_more_than_the_burst()
    {
        var rate = ReceiveRate.Of(new StreamPolicy { MaxStanzasPerSecond = 1 }, time)!;
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, rate.Spend(10));
        Assert.Equal(TimeSpan.Zero, rate.Spend(10));
        Assert.Equal(TimeSpan.FromSeconds(1), rate.Spend(10));
    }

    [Fact]
    public async Task A_stream_goes_on_when_time_has_passed()
    {
        await using var server = new ServerInMemory(new MucGenOptions { Limits = new LimitOptions { MaxStanzasPerSecond = 1 } }, time);
        var wire = await server.LoginAsync("user");
        wire.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 4).Select(static i => $"<iq type='get' id='p{i}' to='localhost'><ping xmlns='urn:xmpp:ping'/></iq>"))));
        await wire.HearAsync("id='p3'");
        Assert.DoesNotContain("id='p4'", wire.Sent, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(1));
        await wire.HearAsync("id='p4'");
    }
}
