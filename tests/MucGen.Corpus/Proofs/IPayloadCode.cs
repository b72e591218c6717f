using MucGen.Xml;

namespace MucGen.Corpus.Proofs;

/// <summary>What the harness beside emitted code does with one element: everything that its view and its writer can.</summary>
public interface IPayloadCode
{
    /// <summary>Reads and checks the element, takes every value from its view and writes it anew.</summary>
    /// <param name="element">The element.</param>
    /// <param name="writer">Where to write; nothing is written when the result is false.</param>
    /// <param name="error">What is wrong with the element, when the result is false.</param>
    bool TryRewrite(ElementView element, ref XmppWriter writer, out ReadError error);
}
