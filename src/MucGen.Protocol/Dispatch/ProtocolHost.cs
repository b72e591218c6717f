using System.Collections.Concurrent;
using MucGen.Xml;

namespace MucGen.Protocol;

/// <summary>
/// The protocol of a running server: its own extensions and an application's, tried in the order given; the first that handles a stanza wins. Safe for
/// use from any thread.
/// </summary>
public sealed class ProtocolHost
{
    private readonly ProtocolExtension[] extensions;
    private readonly ConcurrentDictionary<Type, string[]> features = new();

    /// <summary>Composes a host; the names of this assembly's schemas are always known.</summary>
    public ProtocolHost(params ProtocolExtension[] extensions)
    {
        ArgumentNullException.ThrowIfNull(extensions);
        this.extensions = [.. extensions];
        Names = GeneratedExtension.Instance.Names;
        for (var i = extensions.Length - 1; i >= 0; i--)
        {
            if (extensions[i].Names != Names && extensions[i].Names != NameTable.Empty)
                Names = NameTable.Combine(extensions[i].Names, Names);
        }
    }

    /// <summary>The names of all schemas, for reading stanzas.</summary>
    public NameTable Names { get; }

    /// <summary>Handles an iq get or set; false when nobody does, which the turn's owner answers with service-unavailable.</summary>
    public bool Iq(StanzaTurn turn, IqType type, ElementView payload)
    {
        foreach (var extension in extensions)
        {
            if (extension.Iq(turn, type, payload))
                return true;
        }
        return false;
    }

    /// <summary>Offers a message to the handlers of its payloads; false when none has dealt with it.</summary>
    public bool Message(StanzaTurn turn, ElementView message)
    {
        foreach (var extension in extensions)
        {
            if (extension.Message(turn, message))
                return true;
        }
        return false;
    }

    /// <summary>Offers presence to the handlers of its payloads; false when none has dealt with it.</summary>
    public bool Presence(StanzaTurn turn, ElementView presence)
    {
        foreach (var extension in extensions)
        {
            if (extension.Presence(turn, presence))
                return true;
        }
        return false;
    }

    /// <summary>The features that disco#info lists for a context, such as <c>typeof(RoomTurn)</c>: sorted, each once.</summary>
    public IReadOnlyList<string> FeaturesOf(Type context) => features.GetOrAdd(context, static (context, extensions) =>
    [
        .. extensions.SelectMany(extension => extension.FeaturesOf(context)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ], extensions);
}
