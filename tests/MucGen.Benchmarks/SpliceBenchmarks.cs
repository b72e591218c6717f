using BenchmarkDotNet.Attributes;
using MucGen.Xml;

namespace MucGen.Benchmarks;

/// <summary>One delivery of a payload that was serialised once: head, <c>to</c> and tail copied to where the socket's bytes gather.</summary>
public class SpliceBenchmarks
{
    private readonly byte[] destination = new byte[1024];
    private readonly Jid to = Jid.Parse("hecate@shakespeare.lit/broom");
    private byte[] payload = [];
    private int gap;

    [GlobalSetup]
    public void Setup()
    {
        payload = SampleMessage.Utf8();
        gap = "<message"u8.Length;
    }

    [Benchmark]
    public int SpliceOneDelivery()
    {
        var escaped = to.EscapedUtf8;
        var free = destination.AsSpan();
        payload.AsSpan(0, gap).CopyTo(free);
        free = free[gap..];
        " to='"u8.CopyTo(free);
        free = free[5..];
        escaped.CopyTo(free);
        free = free[escaped.Length..];
        free[0] = (byte)'\'';
        payload.AsSpan(gap).CopyTo(free[1..]);
        return payload.Length + escaped.Length + 6;
    }
}
