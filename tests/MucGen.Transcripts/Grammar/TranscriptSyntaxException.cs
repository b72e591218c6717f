namespace MucGen.Transcripts.Grammar;

/// <summary>A script breaks the grammar; the message begins with <c>file:line</c>.</summary>
public sealed class TranscriptSyntaxException : Exception
{
    /// <summary>Names the place and what is wrong there.</summary>
    public TranscriptSyntaxException(string file, int line, string problem)
        : base($"{file}:{line}: {problem}")
    {
        Line = line;
    }

    /// <summary>The line of the script, from 1.</summary>
    public int Line { get; }
}
