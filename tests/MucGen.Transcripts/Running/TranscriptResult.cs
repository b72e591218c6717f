namespace MucGen.Transcripts.Running;

/// <summary>How a script ended.</summary>
/// <param name="Name">The script's file.</param>
/// <param name="Failure">Null when it passed, otherwise <c>file:line</c> and everything needed to see why not.</param>
public sealed record TranscriptResult(string Name, string? Failure)
{
    /// <summary>Whether every step held.</summary>
    public bool Passed => Failure is null;
}
