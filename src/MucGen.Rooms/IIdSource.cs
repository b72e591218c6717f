namespace MucGen.Rooms;

/// <summary>Fresh identifiers for stanzas and stanza-ids. They come from outside, so that the same inputs give the same bytes.</summary>
public interface IIdSource
{
    /// <summary>Fills the whole span with characters of an identifier that nobody can guess and that was never given before.</summary>
    /// <param name="id">Receives ASCII letters, digits, '-' and '_' only.</param>
    void Next(Span<byte> id);
}
