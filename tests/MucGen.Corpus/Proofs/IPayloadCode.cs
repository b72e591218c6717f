using MucGen.Xml;

namespace MucGen.Corpus.Proofs;

/// <summary>What the harness beside emitted code does with one element: everything that its view and its writer can.</summary>
public interface IPayloadCode
{
    /// <summary>Reads and checks the element.</summary>
    /// <param name="element">The element.</param>
    /// <param name="error">What is wrong with it, when the result is false.</param>
    bool Read(ElementView element, out ReadError error);

    /// <summary>Reads the element, takes every value from its view and writes it anew; nothing when it cannot be read.</summary>
    /// <param name="element">The element.</param>
    /// <param name="writer">Where to write.</param>
    void Rewrite(ElementView element, ref XmppWriter writer);
}
