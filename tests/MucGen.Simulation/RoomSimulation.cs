namespace MucGen.Simulation;

/// <summary>A seed that found something: what, and the shortest dialogue that was found to show it.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Dialogue">Everything that was said until then.</param>
public sealed record Finding(int Seed, string Problem, string Dialogue)
{
    /// <inheritdoc/>
    public override string ToString() => $"seed {Seed}: {Problem}{Environment.NewLine}{Environment.NewLine}{Dialogue}";
}

/// <summary>Plays seeds, one after another on the caller's thread.</summary>
public static class RoomSimulation
{
    /// <summary>The steps of one seed.</summary>
    public const int DefaultSteps = 150;

    /// <summary>Plays one seed; null when everything holds.</summary>
    /// <param name="seed">The seed: the same one gives the same dialogue.</param>
    /// <param name="steps">How long.</param>
    /// <param name="isMinimised">Whether to leave out of a finding what it does not need.</param>
    public static Finding? Play(int seed, int steps = DefaultSteps, bool isMinimised = true)
    {
        var leftOut = new bool[steps];
        if (Try(seed, leftOut) is not { } finding)
            return null;
        return isMinimised ? Minimise(finding, leftOut) : finding;
    }

    /// <summary>Everything that is said in one seed.</summary>
    /// <param name="seed">The seed.</param>
    public static string Transcribe(int seed)
    {
        using var world = new SimulatedWorld(seed);
        world.Play(DefaultSteps, static _ => false);
        return world.Dialogue.ToString();
    }

    // Leaves out ever shorter runs of steps, as long as the same kind of thing is still found.
    private static Finding Minimise(Finding finding, bool[] leftOut)
    {
        for (var length = leftOut.Length / 2; length > 0; length /= 2)
        {
            for (var start = leftOut.Length - length; start >= 0; start -= length)
            {
                var attempt = (bool[])leftOut.Clone();
                attempt.AsSpan(start, length).Fill(true);
                if (attempt.AsSpan().SequenceEqual(leftOut) || Try(finding.Seed, attempt) is not { } shorter || KindOf(shorter) != KindOf(finding))
                    continue;
                (finding, leftOut) = (shorter, attempt);
            }
        }
        return finding;
    }

    private static Finding? Try(int seed, bool[] leftOut)
    {
        using var world = new SimulatedWorld(seed);
        return world.Play(leftOut.Length, step => leftOut[step]) is { } problem ? new Finding(seed, problem, world.Dialogue.ToString()) : null;
    }

    // The first words that name nobody.
    private static string KindOf(Finding finding) =>
        string.Join(' ', finding.Problem.Split(' ').Where(static word => word.All(char.IsAsciiLetterLower)).Take(4));
}
