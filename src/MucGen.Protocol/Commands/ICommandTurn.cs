using MucGen.Xml;

namespace MucGen.Protocol;

/// <summary>What a context gives so that commands can be run in it (XEP-0050).</summary>
public interface ICommandTurn
{
    /// <summary>Whose commands they are: the address that was asked.</summary>
    Jid CommandAddress { get; }

    /// <summary>When the request came.</summary>
    DateTimeOffset Now { get; }

    /// <summary>The key that nobody else has, so that nobody else can make up a session.</summary>
    ReadOnlySpan<byte> CommandSecret { get; }

    /// <summary>Fills the whole span with characters of an identifier that was never given before: ASCII letters, digits, '-' and '_'.</summary>
    void NextCommandId(Span<byte> id);

    /// <summary>Whether a session was ended while it had not expired.</summary>
    bool HasEnded(string sessionId);

    /// <summary>Ends a session.</summary>
    void End(string sessionId);

    /// <summary>Answers the request.</summary>
    void Answer(IqAnswer answer);

    /// <summary>Leaves the answer to work that waits for something else. Not for rooms, which wait for nothing.</summary>
    /// <exception cref="NotSupportedException">The context is a room's.</exception>
    void AnswerLater(Func<Task<IqAnswer>> work);
}
