using System.Diagnostics;
using MucGen.Protocol;
using MucGen.Xml;

namespace MucGen.Benchmarks;

/// <summary>
/// Emitted reading as a multiple of reading by hand. Both run in one process in turns, in rounds so short that most are undisturbed on a busy machine, and the figure is
/// the median of the rounds' ratios; a drift of the machine's speed meets both.
/// </summary>
internal static class ReadingRatio
{
    private const int Rounds = 2001;
    private const int CallsARound = 500;

    /// <summary>Long enough for the compiler's last tier, which has to find time between the rounds when all is pinned to one processor.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    /// <summary>The most that emitted code may take (section 9 of the design).</summary>
    private const double Limit = 1.10;

    /// <summary>Prints a line an element.</summary>
    /// <returns>Whether emitted reading keeps its limit, and allocates nothing.</returns>
    public static bool Print(TextWriter output)
    {
        var isKept = true;
        output.WriteLine($"{"element",-32} {"by hand",10} {"emitted",10} {"ratio",6} {"quartiles",13} {"allocated",10}");
        foreach (var pair in ReadingPairs.All)
        {
            using var stanza = Stanza.Parse(pair.Payload, ProtocolNames.Instance);
            var result = Measure(pair, stanza);
            output.WriteLine(
                $"{pair.Name,-32} {result.ByHand,7:F1} ns {result.Emitted,7:F1} ns {result.Ratio,6:F3} {result.Low,6:F3}-{result.High,6:F3} {result.Allocated,8} B");
            isKept &= (result.Ratio <= Limit || pair.IsPart) && result.Allocated == 0;
        }
        return isKept;
    }

    private static Result Measure(ReadingPair pair, Stanza stanza)
    {
        if (pair.ByHand(stanza.Root) != pair.Emitted(stanza.Root))
            throw new InvalidOperationException($"{pair.Name}: by hand {pair.ByHand(stanza.Root)} is read, by emitted code {pair.Emitted(stanza.Root)}.");
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < WarmUp)
        {
            Time(pair.ByHand, stanza);
            Time(pair.Emitted, stanza);
        }
        var byHand = new double[Rounds];
        var emitted = new double[Rounds];
        var ratios = new double[Rounds];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            // Who goes first changes, so that neither always finds the caches of the other.
            if (round % 2 == 0)
                byHand[round] = Time(pair.ByHand, stanza);
            emitted[round] = Time(pair.Emitted, stanza);
            if (round % 2 != 0)
                byHand[round] = Time(pair.ByHand, stanza);
            ratios[round] = emitted[round] / byHand[round];
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(byHand);
        Array.Sort(emitted);
        Array.Sort(ratios);
        return new Result(byHand[Rounds / 2], emitted[Rounds / 2], ratios[Rounds / 2], ratios[Rounds / 4], ratios[Rounds * 3 / 4], allocated);
    }

    /// <summary>Nanoseconds a call.</summary>
    private static double Time(ElementReader read, Stanza stanza)
    {
        var sum = 0;
        var start = Stopwatch.GetTimestamp();
        for (var call = 0; call < CallsARound; call++)
            sum += read(stanza.Root);
        var elapsed = Stopwatch.GetElapsedTime(start);
        return sum < 0 ? throw new InvalidOperationException("The sample is refused.") : elapsed.TotalNanoseconds / CallsARound;
    }

    private readonly record struct Result(double ByHand, double Emitted, double Ratio, double Low, double High, long Allocated);
}
