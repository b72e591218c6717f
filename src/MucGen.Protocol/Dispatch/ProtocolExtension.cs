using MucGen.Xml;

namespace MucGen.Protocol;

/// <summary>
/// What one assembly adds to the protocol: names from its schemas, handlers and features from its attributes. Each assembly that has any gets an emitted
/// <c>GeneratedExtension</c>, which derives from this; nothing is discovered at run time.
/// </summary>
public abstract class ProtocolExtension
{
    /// <summary>The namespaces and element names of the assembly's schemas.</summary>
    public virtual NameTable Names => NameTable.Empty;

    /// <summary>Handles an iq get or set; false when no handler of this assembly does.</summary>
    public virtual bool Iq(StanzaTurn turn, IqType type, ElementView payload) => false;

    /// <summary>Offers a message to the handlers of its payloads; false when none has dealt with it.</summary>
    public virtual bool Message(StanzaTurn turn, ElementView message) => false;

    /// <summary>Offers presence to the handlers of its payloads; false when none has dealt with it.</summary>
    public virtual bool Presence(StanzaTurn turn, ElementView presence) => false;

    /// <summary>The features that this assembly's handlers give to a context, sorted, each once.</summary>
    public virtual IReadOnlyList<string> FeaturesOf(Type context) => [];
}
