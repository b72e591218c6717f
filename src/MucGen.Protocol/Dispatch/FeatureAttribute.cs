namespace MucGen.Protocol;

/// <summary>
/// Names a feature that the handlers of a static class implement. disco#info of every context that has such a handler lists it, so discovery
/// cannot drift from behaviour.
/// </summary>
/// <param name="name">The feature's <c>var</c>, as a rule the namespace.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class FeatureAttribute(string name) : Attribute
{
    /// <summary>The feature's <c>var</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Whether disco#info leaves it out: for protocols that are not advertised.</summary>
    public bool Hidden { get; init; }

    /// <summary>
    /// The one context that advertises it. Needed by a class without handlers (a feature that is not a request, such as stable ids);
    /// otherwise the contexts of the class's handlers advertise it.
    /// </summary>
    public Type? Context { get; init; }
}
