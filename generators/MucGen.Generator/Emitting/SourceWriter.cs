using System;
using System.Text;

namespace MucGen.Generator.Emitting;

/// <summary>Writes C# with its indentation; lines end with a line feed on every system, so that snapshots stay still.</summary>
internal sealed class SourceWriter
{
    private const int IndentWidth = 4;

    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>An empty line; never two in a row and never directly after an opening brace.</summary>
    public void Line()
    {
        if (text.Length == 0 || EndsWith("\n\n") || EndsWith("{\n"))
            return;
        text.Append('\n');
    }

    /// <summary>One or more lines (a raw string literal), each indented to the current depth.</summary>
    public void Line(string lines)
    {
        var start = 0;
        while (start <= lines.Length)
        {
            var end = lines.IndexOf('\n', start);
            var stop = end < 0 ? lines.Length : end;
            AppendLine(lines, start, stop);
            if (end < 0)
                return;
            start = end + 1;
        }
    }

    /// <summary>Writes the header, if any, and an opening brace; disposing closes the brace, followed by <paramref name="close"/>.</summary>
    public Scope Block(string? header = null, string close = "")
    {
        if (header is not null)
            Line(header);
        Line("{");
        depth++;
        return new Scope(this, "}" + close);
    }

    /// <summary>Indents what follows by one level, without braces.</summary>
    public Scope Indent()
    {
        depth++;
        return new Scope(this, null);
    }

    public override string ToString() => text.ToString();

    private void AppendLine(string lines, int start, int stop)
    {
        if (stop > start && lines[stop - 1] == '\r')
            stop--;
        if (stop > start)
        {
            // Preprocessor directives stay where they are written.
            if (lines[start] != '#')
                text.Append(' ', depth * IndentWidth);
            text.Append(lines, start, stop - start);
        }
        text.Append('\n');
    }

    private bool EndsWith(string suffix)
    {
        if (text.Length < suffix.Length)
            return false;
        for (var i = 0; i < suffix.Length; i++)
        {
            if (text[text.Length - suffix.Length + i] != suffix[i])
                return false;
        }
        return true;
    }

    /// <summary>An open block; closes itself.</summary>
    public readonly struct Scope : IDisposable
    {
        private readonly SourceWriter writer;
        private readonly string? close;

        internal Scope(SourceWriter writer, string? close)
        {
            this.writer = writer;
            this.close = close;
        }

        public void Dispose()
        {
            writer.depth--;
            if (close is not null)
                writer.Line(close);
        }
    }
}
